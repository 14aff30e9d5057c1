import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event } from '../../src/event-store/events/event';
import { inChunks } from '../support/in-chunks';
import type { Progress } from '../support/progress';
import type { ProjectionInspection } from './projection-inspection';

const AGGREGATES_AT_ONCE = 25;

/** How far a projection is behind the event log. */
interface Lag {
  readonly projection: string;
  /** How many aggregates have events that are not applied. */
  aggregates: number;
  /** How many events that is. */
  events: number;
  /** When the oldest of them was recorded; absent when there is none. */
  oldest?: string;
}

/** How much there is in the log, and what of it is not projected. */
export interface LogStatus {
  aggregates: number;
  events: number;
  readonly lags: readonly Lag[];
}

/** Compares every projection's checkpoints with the whole log. */
export async function readLag(
  log: EventLog,
  projections: readonly ProjectionInspection[],
  progress: Progress,
): Promise<LogStatus> {
  const lags = projections.map((projection) => ({
    projection,
    lag: { projection: projection.name, aggregates: 0, events: 0 },
  }));
  const status = { aggregates: 0, events: 0, lags: lags.map(({ lag }) => lag) };

  for await (const histories of inChunks(log.readAll(), AGGREGATES_AT_ONCE)) {
    await Promise.all(
      histories.flatMap((history) =>
        lags.map(async ({ projection, lag }) => {
          add(lag, await unapplied(projection, history));
        }),
      ),
    );
    const events = histories.reduce((sum, { length }) => sum + length, 0);

    status.aggregates += histories.length;
    status.events += events;
    progress.advance(events);
  }
  return status;
}

/** The checkpoint is read after the log: what has been applied meanwhile never counts as missing. */
async function unapplied(projection: ProjectionInspection, history: readonly Event[]): Promise<Event[]> {
  const handled = history.filter(({ $name }) => projection.handled.has($name));

  const [first] = handled;

  if (!first) {
    return [];
  }
  const checkpoint = await projection.checkpoint(first.id);

  return handled.filter(({ $version }) => $version > checkpoint);
}

function add(lag: Lag, [oldest, ...more]: readonly Event[]): void {
  if (oldest) {
    lag.aggregates += 1;
    lag.events += 1 + more.length;
    lag.oldest = lag.oldest === undefined || oldest.timestamp < lag.oldest ? oldest.timestamp : lag.oldest;
  }
}
