import type { CommandContext } from '../commands/command-context';
import { UnexpectedVersionError } from '../errors/unexpected-version.error';
import type { Uuid } from '../events/event';

/**
 * Holds a command to the version that its sender has seen, where it tells one.
 *
 * @param actual 0: there is no such aggregate yet
 * @throws UnexpectedVersionError at any other version
 */
export function ensureExpectedVersion(
  kind: string,
  id: Uuid,
  { expectedVersion }: CommandContext,
  actual: number,
): void {
  if (expectedVersion !== undefined && expectedVersion !== actual) {
    throw new UnexpectedVersionError(kind, id, expectedVersion, actual);
  }
}
