import { ApplicationError } from '../../shared-kernel/errors/application.error';
import type { CommandResult } from '../commands/command-context';
import { BusyError } from '../errors/busy.error';
import { OutcomeUnknownError } from '../errors/outcome-unknown.error';
import { ThrottledError } from '../errors/throttled.error';
import type { EventLog } from '../event-log/event-log';
import type { Event } from '../events/event';

/**
 * The events that one command has tried to append so far. An attempt that was answered with a conflict may have taken effect all
 * the same. Then its first answer was lost, and the SDK's own retry of it met what it had written.
 */
export class AppendAttempts {
  private readonly events: Event[] = [];
  /** Set from an attempt that may have taken effect until somebody looks. */
  private isUnknown = false;

  constructor(private readonly log: EventLog) {}

  /**
   * Appends events, and remembers them.
   *
   * @throws OutcomeUnknownError when it or an earlier attempt may have taken effect; else what `append` throws
   */
  async make(events: readonly Event[], append: () => Promise<CommandResult>): Promise<CommandResult> {
    this.events.push(...events);
    try {
      return await append();
    } catch (error) {
      throw this.meaningOf(error);
    }
  }

  /**
   * Reads what has become of the aggregate.
   *
   * @throws OutcomeUnknownError when that fails, and an attempt may have taken effect; else what `read` throws
   */
  async look<T>(read: () => Promise<T>): Promise<T> {
    try {
      const found = await read();

      this.isUnknown = false;
      return found;
    } catch (error) {
      throw this.meaningOf(error);
    }
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

  private meaningOf(error: unknown): unknown {
    this.isUnknown ||= error instanceof OutcomeUnknownError;
    return this.isUnknown && saysNothing(error)
      ? new OutcomeUnknownError('An attempt may have taken effect, and nobody could look.', { cause: error })
      : error;
  }
}

/** Whether an error says nothing of what is in the log. */
function saysNothing(error: unknown): boolean {
  return !(error instanceof ApplicationError) || error instanceof ThrottledError || error instanceof BusyError;
}
