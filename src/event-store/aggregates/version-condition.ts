import type { CommandContext } from '../commands/command-context';
import { UnexpectedVersionError } from '../errors/unexpected-version.error';
import type { Uuid } from '../events/event';

/**
 * Holds a command to the condition that its sender set, where there is one.
 *
 * @param actual 0: there is no such aggregate yet
 * @throws UnexpectedVersionError at a version that does not meet it
 */
export function ensureVersionCondition(
  kind: string,
  id: Uuid,
  { versionCondition }: CommandContext,
  actual: number,
): void {
  if (versionCondition && !versionCondition.isMet(actual)) {
    throw new UnexpectedVersionError(kind, id, actual);
  }
}
