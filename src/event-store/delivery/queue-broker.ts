import type { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import type { Event } from '../events/event';
import type { EventHandler } from '../projections/event-handler';
import { eventsHandledBy } from '../projections/handles-event.decorator';

/** Hands the events of a FIFO queue to all handlers that are registered for them. */
export class QueueBroker {
  constructor(
    private readonly handlers: readonly EventHandler[],
    private readonly logger: Logger,
  ) {}

  /** Messages that failed are named, and so stay in the queue; so do those behind them in their group. */
  async deliver({ Records }: SQSEvent): Promise<SQSBatchResponse> {
    // The group comes from the event itself: not every emulator hands over the message's attribute.
    const groups = Map.groupBy(Records, (record) => aggregateIdOf(record) ?? record.messageId);
    const failures = await Promise.all([...groups.values()].map((records) => this.deliverGroup(records)));

    return { batchItemFailures: failures.flat() };
  }

  /** In order; the first failure fails the rest, which must not pass it. */
  private async deliverGroup(records: readonly SQSRecord[]): Promise<SQSBatchItemFailure[]> {
    for (const [index, record] of records.entries()) {
      try {
        await this.handle(JSON.parse(record.body) as Event);
      } catch (error) {
        this.logger.error('The event stays in its queue.', {
          error: error as Error,
          messageId: record.messageId,
          aggregateId: aggregateIdOf(record),
          receiveCount: record.attributes.ApproximateReceiveCount,
        });
        return records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId }));
      }
    }
    return [];
  }

  /** Every handler gets its chance, also when another fails: each has a checkpoint of its own. */
  private async handle(event: Event): Promise<void> {
    const handlers = this.handlers.filter((handler) => eventsHandledBy(handler.constructor).has(event.$name));
    const results = await Promise.allSettled(handlers.map((handler) => handler.handle(event)));
    const errors = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as Error);

    this.logger.debug('Event handled.', {
      event: event.$name,
      aggregateId: event.id,
      version: event.$version,
      correlationId: event.correlationId,
      handlers: handlers.map((handler) => handler.constructor.name),
    });
    if (errors.length > 0) {
      throw new AggregateError(
        errors,
        `${event.$name} of ${event.id}, version ${event.$version}: ${errors.join('; ')}`,
      );
    }
  }
}

function aggregateIdOf({ body }: SQSRecord): string | undefined {
  try {
    return (JSON.parse(body) as Partial<Event> | null)?.id;
  } catch {
    // What cannot be read is a group of its own: handling it says why, and the queue's redrive policy puts it aside.
    return undefined;
  }
}
