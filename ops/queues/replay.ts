import { randomUUID } from 'node:crypto';

import type { EventQueue } from '../../src/event-store/delivery/event-queue';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { aggregateTypeOf } from '../../src/event-store/events/event-name';
import { NotFoundError } from '../../src/shared-kernel/errors/not-found.error';
import { inChunks } from '../support/in-chunks';
import type { Progress } from '../support/progress';
import { QueueRefusedError } from './queue-refused.error';

// Enough to fill the batches: none holds two events of one aggregate.
const AGGREGATES_AT_ONCE = 50;

/** Sends events from the log to the queues again: each handler takes those that it has not applied. */
export class Replay {
  /** Its own, since SQS would swallow what it has had within the last five minutes. */
  private readonly run = randomUUID();

  /** @param queueOf finds the queue of an aggregate type, `org/iam/user`; throws when there is none */
  constructor(
    private readonly log: EventLog,
    private readonly queueOf: (aggregateType: string) => EventQueue,
    private readonly progress: Progress,
  ) {}

  /**
   * Answers how many events were sent.
   *
   * @throws NotFoundError when the log has no events of this aggregate
   */
  async aggregate(id: Uuid): Promise<number> {
    const events = await this.log.read(id);

    if (events.length === 0) {
      throw new NotFoundError('aggregate', id);
    }
    return this.send(events);
  }

  /** Answers how many events were sent. */
  async all(): Promise<number> {
    let sent = 0;

    for await (const histories of inChunks(this.log.readAll(), AGGREGATES_AT_ONCE)) {
      sent += await this.send(histories.flat());
    }
    return sent;
  }

  private async send(events: readonly Event[]): Promise<number> {
    for (const [type, messages] of Map.groupBy(events.map(toMessage), ({ event }) => aggregateTypeOf(event.$name))) {
      const refused = await this.queueOf(type).send(messages, this.run);

      if (refused.size > 0) {
        throw new QueueRefusedError(type, refused.size);
      }
    }
    this.progress.advance(events.length);
    return events.length;
  }
}

function toMessage(event: Event) {
  return { event, body: JSON.stringify(event) };
}
