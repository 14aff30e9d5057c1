import { LogHoleError } from '../errors/log-hole.error';
import type { Event } from '../events/event';
import type { EventReference } from '../events/event-reference';
import type { EventLog } from './event-log';

/**
 * The event that the log has where a reference says.
 *
 * @throws LogHoleError when it has none there, and what `read` throws
 */
export async function referencedEvent(
  log: Pick<EventLog, 'read'>,
  { id, $version }: Pick<EventReference, 'id' | '$version'>,
): Promise<Event> {
  const [event] = await log.read(id, $version, $version);

  if (!event) {
    throw new LogHoleError(id, $version - 1, $version + 1);
  }
  return event;
}
