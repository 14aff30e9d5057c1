import type { Skipped } from '../queues/replay';
import { count } from './count';

const MOST_TOLD = 20;

/** A line for each aggregate that was skipped, and one for those that are too many to tell. */
export function skippedText(skipped: readonly Skipped[]): string[] {
  const told = skipped
    .slice(0, MOST_TOLD)
    .map(({ aggregateId, reason }) => `Skipped the aggregate ${aggregateId}: ${reason}`);
  const rest = skipped.length - told.length;

  return rest > 0 ? [...told, `Skipped ${count(rest, 'more aggregate')}: --json names all.`] : told;
}
