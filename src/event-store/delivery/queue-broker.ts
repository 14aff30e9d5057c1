import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import type { Logger } from '../../shared-kernel/logging/logger';
import type { Event } from '../events/event';
import { decodeJson } from '../events/event-decoder';
import type { EventRegistry } from '../events/event-registry';
import type { EventHandler } from '../projections/event-handler';
import { eventsHandledBy } from '../projections/handles-event.decorator';
import { eventLine } from './event-line';

interface ReceivedMessage {
  readonly id: string;
  readonly receiveCount: string;
  /** The event, or why the message holds none. */
  readonly event: Event | Error;
}

/** A class of event handlers. */
export type EventHandlerType = new (...args: never[]) => EventHandler;

/** Hands the events of a FIFO queue to all handlers that are registered for them. */
export class QueueBroker {
  /**
   * @param types classes decorated with `@HandlesEvent`
   * @param resolve makes, or finds, the instance of such a class: only of one that an event at hand is for
   * @param events that this code knows: any other of their aggregates stays in its queue
   */
  constructor(
    private readonly types: readonly EventHandlerType[],
    private readonly resolve: (type: EventHandlerType) => EventHandler,
    private readonly events: EventRegistry,
    private readonly logger: Logger,
  ) {}

  /** Messages that failed are named, and so stay in the queue; so do those behind them in their group. */
  async deliver({ Records }: SQSEvent): Promise<SQSBatchResponse> {
    const groups = Map.groupBy(Records.map(toMessage), groupOf);
    const failures = await Promise.all([...groups.values()].map((messages) => this.deliverGroup(messages)));

    return { batchItemFailures: failures.flat() };
  }

  /** Handles a group's messages in their order. The first failure fails the rest: none may pass it. */
  private async deliverGroup(messages: readonly ReceivedMessage[]): Promise<SQSBatchItemFailure[]> {
    for (const [index, message] of messages.entries()) {
      if (!(await this.isHandled(message))) {
        return messages.slice(index).map(({ id }) => ({ itemIdentifier: id }));
      }
    }
    return [];
  }

  /** Every handler gets its chance, also when another fails: each has a checkpoint of its own. */
  private async isHandled({ id, receiveCount, event }: ReceivedMessage): Promise<boolean> {
    if (event instanceof Error) {
      this.logger.error('The message is no event.', { error: event, messageId: id, receiveCount });
      return false;
    }
    const types = this.types.filter((type) => eventsHandledBy(type).has(event.$name));
    const line = { ...eventLine(event), messageId: id, receiveCount };

    if (!this.isKnown(event, line)) {
      return false;
    }
    if (types.length === 0) {
      this.logger.warn('No handler takes this event.', line);
    }
    const outcomes = await Promise.all(types.map((type) => this.isHandledBy(type, event, line)));

    return outcomes.every(Boolean);
  }

  private isKnown(event: Event, line: object): boolean {
    try {
      this.events.ensureKnown(event);
      return true;
    } catch (error) {
      this.logger.error('This code does not know the event: it stays in its queue.', { error, ...line });
      return false;
    }
  }

  private async isHandledBy(type: EventHandlerType, event: Event, line: object): Promise<boolean> {
    const handler = type.name;

    try {
      await this.resolve(type).handle(event);
      // A metric filter in template.yaml makes ProjectionLag of this line.
      const lagMilliseconds = Date.now() - Date.parse(event.timestamp);

      this.logger.info('Event handled.', { handler, lagMilliseconds, ...line });
      return true;
    } catch (error) {
      this.logger.error('A handler failed: the event stays in its queue.', {
        error,
        handler,
        ...line,
      });
      return false;
    }
  }
}

/** A message's group is its event's aggregate: not every emulator hands over the group's id. A message without an event is alone. */
function groupOf({ id, event }: ReceivedMessage): string {
  return event instanceof Error ? id : event.id;
}

function toMessage({ messageId, body, attributes }: SQSRecord): ReceivedMessage {
  return { id: messageId, receiveCount: attributes.ApproximateReceiveCount, event: readEvent(body) };
}

function readEvent(body: string): Event | Error {
  try {
    return decodeJson(body);
  } catch (error) {
    return error as Error;
  }
}
