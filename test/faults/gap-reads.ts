import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event, Uuid } from '../../src/event-store/events/event';

/** A handler's event log that counts where the handler had to heal: reads that found something that it handles. */
export class GapReads implements EventLog {
  healing = 0;

  /** @param handled names of the events that the handler handles */
  constructor(
    private readonly log: EventLog,
    private readonly handled: ReadonlySet<string>,
  ) {}

  append(): Promise<void> {
    return Promise.reject(new Error('A projection appends nothing.'));
  }

  readAll(): AsyncIterable<readonly Event[]> {
    return this.log.readAll();
  }

  readNewest(id: Uuid, count: number): Promise<Event[]> {
    return this.log.readNewest(id, count);
  }

  async read(id: Uuid, from?: number, to?: number): Promise<Event[]> {
    const events = await this.log.read(id, from, to);

    this.healing += events.some(({ $name }) => this.handled.has($name)) ? 1 : 0;
    return events;
  }
}
