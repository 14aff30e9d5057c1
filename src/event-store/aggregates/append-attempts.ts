import type { CommandResult } from '../commands/command-context';
import type { EventLog } from '../event-log/event-log';
import type { Event } from '../events/event';

/**
 * The events that one command has tried to append so far. An attempt that was answered with a conflict may have taken effect all
 * the same. Then its first answer was lost, and the SDK's own retry of it met what it had written.
 */
export class AppendAttempts {
  private readonly events: Event[] = [];

  constructor(private readonly log: EventLog) {}

  add(events: readonly Event[]): void {
    this.events.push(...events);
  }

  /**
   * Where an attempt left the aggregate; `undefined` if none took effect. Many other events may have followed it since.
   *
   * @param newest the aggregate's newest events
   */
  async result(newest: readonly Event[]): Promise<CommandResult | undefined> {
    const [first] = this.events;

    if (!first) {
      return undefined;
    }
    const isAmongNewest = first.$version >= (newest[0]?.$version ?? 0);
    const stored = isAmongNewest ? newest : await this.log.read(first.id, first.$version);
    const attempted = new Set(this.events.map(({ eventId }) => eventId));
    const last = stored.findLast(({ eventId }) => eventId !== undefined && attempted.has(eventId));

    return last && { id: last.id, version: last.$version };
  }
}
