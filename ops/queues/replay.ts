import { randomUUID } from 'node:crypto';

import type { EventQueue } from '../../src/event-store/delivery/event-queue';
import { type EventMessage, toMessage } from '../../src/event-store/delivery/event-message';
import type { Refused } from '../../src/event-store/delivery/refusal';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { aggregateTypeOf } from '../../src/event-store/events/event-name';
import { NotFoundError } from '../../src/shared-kernel/errors/not-found.error';
import { inChunks } from '../support/in-chunks';
import type { Progress } from '../support/progress';

// Enough to fill the batches: none holds two events of one aggregate.
const AGGREGATES_AT_ONCE = 50;

/** An aggregate of which not all events were sent. */
export interface Skipped {
  readonly aggregateId: Uuid;
  /** Why its log cannot be read, or why its queue refused the first event that was not sent. */
  readonly reason: string;
}

/** What a replay did. */
export interface Replayed {
  readonly sent: number;
  readonly skipped: readonly Skipped[];
}

/** Sends events from the log to the queues again: each handler takes those that it has not applied. */
export class Replay {
  /** Its own, since SQS would swallow what it has had within the last five minutes. */
  private readonly run = randomUUID();
  private readonly skipped = new Map<Uuid, Skipped>();
  private sent = 0;

  /** @param queueOf finds the queue of an aggregate type, `org/bank/account`; throws when there is none */
  constructor(
    private readonly log: EventLog,
    private readonly queueOf: (aggregateType: string) => EventQueue,
    private readonly progress: Progress,
  ) {}

  /** @throws NotFoundError when the log has no events of this aggregate */
  async aggregate(id: Uuid): Promise<Replayed> {
    const events = await this.log.read(id);

    if (events.length === 0) {
      throw new NotFoundError('aggregate', id);
    }
    await this.send(events);
    return this.result();
  }

  /** Goes on behind whatever cannot be sent, and tells it. */
  async all(): Promise<Replayed> {
    const histories = this.log.readAll(({ aggregateId, error }) => {
      this.skip(aggregateId, error.message);
    });

    for await (const chunk of inChunks(histories, AGGREGATES_AT_ONCE)) {
      await this.send(chunk.flat());
    }
    return this.result();
  }

  private async send(events: readonly Event[]): Promise<void> {
    for (const [type, messages] of Map.groupBy(events.map(toMessage), typeOf)) {
      const unsent = await this.sendTo(type, messages);

      this.sent += messages.length - unsent.size;
    }
    this.progress.advance(events.length);
  }

  private async sendTo(aggregateType: string, messages: readonly EventMessage[]): Promise<ReadonlySet<EventMessage>> {
    const setAside = (refused: readonly Refused<EventMessage>[]) => {
      refused.forEach(({ entry, refusal }) => {
        this.skip(entry.reference.id, `${refusal.code}: ${refusal.message}`);
      });
      return Promise.resolve(new Set<EventMessage>());
    };

    try {
      return await this.queueOf(aggregateType).send(messages, { setAside, run: this.run });
    } catch (error) {
      messages.forEach(({ reference }) => {
        this.skip(reference.id, (error as Error).message);
      });
      return new Set(messages);
    }
  }

  private skip(aggregateId: Uuid, reason: string): void {
    if (!this.skipped.has(aggregateId)) {
      this.skipped.set(aggregateId, { aggregateId, reason });
    }
  }

  private result(): Replayed {
    return { sent: this.sent, skipped: [...this.skipped.values()] };
  }
}

function typeOf({ reference }: EventMessage): string {
  return aggregateTypeOf(reference.$name);
}
