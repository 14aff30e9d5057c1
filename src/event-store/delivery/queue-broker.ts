import type { Logger } from '../../shared-kernel/logging/logger';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import { type TimeLimit, withTimeLimit } from '../../shared-kernel/time/time-limit';
import type { Event } from '../events/event';
import type { EventLog } from '../event-log/event-log';
import { referencedEvent } from '../event-log/referenced-event';
import { type DecodedMessage, decodeMessage } from '../events/event-decoder';
import type { EventRegistry } from '../events/event-registry';
import type { EventHandler } from '../projections/event-handler';
import { eventsHandledBy } from '../projections/handles-event.decorator';
import { eventLine } from './event-line';

interface ReceivedMessage {
  readonly id: string;
  readonly receiveCount: string;
  /** What the message holds, or why it is nothing that can be read. */
  readonly content: DecodedMessage | Error;
}

/** A class of event handlers. */
export type EventHandlerType = new (...args: never[]) => EventHandler;

/** Where event handlers come from. */
export interface HandlerSource {
  /** Classes decorated with `@HandlesEvent`. */
  readonly types: readonly EventHandlerType[];
  /** Makes, or finds, the instance of such a class: asked only for one that an event at hand is for. */
  readonly resolve: (type: EventHandlerType) => EventHandler;
}

/** Hands the events of a FIFO queue to all handlers that are registered for them. */
export class QueueBroker {
  /**
   * @param events that this code knows: any other of their aggregates stays in its queue
   * @param log that has the event where a message holds the reference to one
   */
  constructor(
    private readonly handlers: HandlerSource,
    private readonly events: EventRegistry,
    private readonly log: Pick<EventLog, 'read'>,
    private readonly logger: Logger,
  ) {}

  /**
   * Messages that failed are named, and so stay in the queue; so do those behind them in their group. A handler that hangs costs
   * its own group: what is not done by the deadline has failed.
   *
   * @param deadline in milliseconds since 1970
   */
  async deliver({ Records }: SQSEvent, deadline = Infinity): Promise<SQSBatchResponse> {
    const groups = Map.groupBy(Records.map(toMessage), groupOf);
    const failures = await withTimeLimit(deadline, (time) =>
      Promise.all([...groups.values()].map((messages) => this.deliverGroup(messages, time))),
    );

    return { batchItemFailures: failures.flat() };
  }

  /** Handles a group's messages in their order. The first failure fails the rest: none may pass it. */
  private async deliverGroup(messages: readonly ReceivedMessage[], time: TimeLimit): Promise<SQSBatchItemFailure[]> {
    for (const [index, message] of messages.entries()) {
      const isHandled = !time.isOver && (await this.isHandledInTime(message, time));

      if (!isHandled) {
        return messages.slice(index).map(({ id }) => ({ itemIdentifier: id }));
      }
    }
    return [];
  }

  private async isHandledInTime(message: ReceivedMessage, time: TimeLimit): Promise<boolean> {
    try {
      return await time.within(() => this.isHandled(message, time));
    } catch {
      this.logger.error('A handler took too long: the message stays in its queue.', lineOf(message));
      return false;
    }
  }

  private async isHandled({ id, receiveCount, content }: ReceivedMessage, time: TimeLimit): Promise<boolean> {
    const message = { messageId: id, receiveCount };

    if (content instanceof Error) {
      this.logger.error('The message is no event.', { error: content, ...message });
      return false;
    }
    try {
      const event = content.event ?? (await referencedEvent(this.log, content.reference));

      return await this.isHandledByAll(event, time, { ...eventLine(event), ...message });
    } catch (error) {
      const line = { ...eventLine(content.reference), ...message };

      this.logger.error('The event cannot be read from the log: it stays in its queue.', { error, ...line });
      return false;
    }
  }

  /** Every handler gets its chance, also when another fails: each has a checkpoint of its own. */
  private async isHandledByAll(event: Event, time: TimeLimit, line: Record<string, unknown>): Promise<boolean> {
    const types = this.handlers.types.filter((type) => eventsHandledBy(type).has(event.$name));

    if (!this.isKnown(event, line)) {
      return false;
    }
    if (types.length === 0) {
      this.logger.warn('No handler takes this event.', line);
    }
    const outcomes = await Promise.all(types.map((type) => this.isHandledBy(type, event, time, line)));

    return outcomes.every(Boolean);
  }

  private isKnown(event: Event, line: Record<string, unknown>): boolean {
    try {
      this.events.ensureKnown(event);
      return true;
    } catch (error) {
      this.logger.error('This code does not know the event: it stays in its queue.', { error, ...line });
      return false;
    }
  }

  private async isHandledBy(
    type: EventHandlerType,
    event: Event,
    { deadline }: TimeLimit,
    line: Record<string, unknown>,
  ): Promise<boolean> {
    const handler = type.name;

    try {
      await this.handlers.resolve(type).handle(event, deadline);
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
function groupOf({ id, content }: ReceivedMessage): string {
  return content instanceof Error ? id : content.reference.id;
}

function toMessage({ messageId, body, attributes }: SQSRecord): ReceivedMessage {
  return { id: messageId, receiveCount: attributes.ApproximateReceiveCount, content: read(body) };
}

/** What a log line says of a message. */
function lineOf({ id, receiveCount, content }: ReceivedMessage) {
  const event = content instanceof Error ? {} : eventLine(content.event ?? content.reference);

  return { ...event, messageId: id, receiveCount };
}

function read(body: string): DecodedMessage | Error {
  try {
    return decodeMessage(body);
  } catch (error) {
    return error as Error;
  }
}
