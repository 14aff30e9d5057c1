import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import type { Event } from '../events/event';
import { parseEvent } from '../events/parse-event';
import type { EventHandler } from '../projections/event-handler';
import { eventsHandledBy } from '../projections/handles-event.decorator';

interface Message {
  readonly id: string;
  readonly receiveCount: string;
  /** The event, or why the message holds none. */
  readonly event: Event | Error;
}

/** Hands the events of a FIFO queue to all handlers that are registered for them. */
export class QueueBroker {
  constructor(
    private readonly handlers: readonly EventHandler[],
    private readonly logger: Logger,
  ) {}

  /** Messages that failed are named, and so stay in the queue; so do those behind them in their group. */
  async deliver({ Records }: SQSEvent): Promise<SQSBatchResponse> {
    const groups = Map.groupBy(Records.map(toMessage), groupOf);
    const failures = await Promise.all([...groups.values()].map((messages) => this.deliverGroup(messages)));

    return { batchItemFailures: failures.flat() };
  }

  /** In order; the first failure fails the rest, which must not pass it. */
  private async deliverGroup(messages: readonly Message[]): Promise<SQSBatchItemFailure[]> {
    for (const [index, message] of messages.entries()) {
      try {
        await this.handle(message.event);
      } catch (error) {
        this.logger.error('The event stays in its queue.', {
          error: error as Error,
          messageId: message.id,
          receiveCount: message.receiveCount,
          correlationId: message.event instanceof Error ? undefined : message.event.correlationId,
        });
        return messages.slice(index).map(({ id }) => ({ itemIdentifier: id }));
      }
    }
    return [];
  }

  /** Every handler gets its chance, also when another fails: each has a checkpoint of its own. */
  private async handle(event: Event | Error): Promise<void> {
    if (event instanceof Error) {
      throw event;
    }
    const handlers = this.handlers.filter((handler) => eventsHandledBy(handler.constructor).has(event.$name));
    const results = await Promise.allSettled(handlers.map((handler) => handler.handle(event)));
    const errors = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as Error);

    if (errors.length > 0) {
      throw new AggregateError(
        errors,
        `${event.$name} of ${event.id}, version ${event.$version}: ${errors.join('; ')}`,
      );
    }
    this.logger.info('Event handled.', {
      event: event.$name,
      aggregateId: event.id,
      version: event.$version,
      correlationId: event.correlationId,
      handlers: handlers.map((handler) => handler.constructor.name),
    });
  }
}

/** The aggregate, by the event itself: not every emulator hands over the message's group. What is no event is alone. */
function groupOf({ id, event }: Message): string {
  return event instanceof Error ? id : event.id;
}

function toMessage({ messageId, body, attributes }: SQSRecord): Message {
  return { id: messageId, receiveCount: attributes.ApproximateReceiveCount, event: readEvent(body) };
}

function readEvent(body: string): Event | Error {
  try {
    return parseEvent(body);
  } catch (error) {
    return error as Error;
  }
}
