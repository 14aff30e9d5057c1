import type { Logger } from '../../src/shared-kernel/logging/logger';
import type { EventMessage } from '../../src/event-store/delivery/event-message';
import type { EventQueue } from '../../src/event-store/delivery/event-queue';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import { referencedEvent } from '../../src/event-store/event-log/referenced-event';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { aggregateTypeOf } from '../../src/event-store/events/event-name';
import type { EventReference } from '../../src/event-store/events/event-reference';
import type { RedriveRoute } from './dead-letters';

/** To the queue of each event's own aggregate type. */
export class EventRoute implements RedriveRoute {
  /** @param queueOf finds the queue of an aggregate type, `org/bank/account`; throws when there is none */
  constructor(
    private readonly queueOf: (aggregateType: string) => EventQueue,
    private readonly log: EventLog,
    private readonly logger: Logger,
  ) {}

  async send<TMessage extends EventMessage>(messages: readonly TMessage[], run: Uuid): Promise<ReadonlySet<TMessage>> {
    const unsent = new Set<TMessage>();

    for (const [type, ofType] of Map.groupBy(messages, ({ reference }) => aggregateTypeOf(reference.$name))) {
      for (const message of await this.sendTo(type, ofType, run)) {
        unsent.add(message);
      }
    }
    return unsent;
  }

  read(reference: EventReference): Promise<Event> {
    return referencedEvent(this.log, reference);
  }

  /** A type without a queue keeps its own messages back, and no others. */
  private async sendTo<TMessage extends EventMessage>(
    aggregateType: string,
    messages: readonly TMessage[],
    run: Uuid,
  ): Promise<ReadonlySet<TMessage>> {
    try {
      return await this.queueOf(aggregateType).send(messages, { run });
    } catch (error) {
      this.logger.warn('No queue takes these events.', { error, aggregateType, count: messages.length });
      return new Set(messages);
    }
  }
}
