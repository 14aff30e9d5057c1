import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

import type { Logger } from '../../shared-kernel/logging/logger';
import type { Event } from '../events/event';
import { decodeItem } from '../events/event-decoder';
import type { EventItem } from '../events/event-item';
import { eventLine } from './event-line';
import { type BatchResponse, firstFailure, type StreamEntry } from './first-failure';
import { sendInOrder } from './send-in-order';

// Limits of PutRecords.
const MAXIMUM_ENTRIES = 500;
const MAXIMUM_BYTES = 5 * 1024 * 1024;

interface Entry extends StreamEntry {
  readonly event: Event;
  readonly data: Uint8Array;
}

/** Puts what is appended to the event log on the Kinesis stream, each aggregate's events in their order. */
export class DynamoKinesisAdaptor {
  constructor(
    private readonly client: KinesisClient,
    private readonly streamName: string,
    private readonly logger: Logger,
  ) {}

  /** Events that did not get to the stream are named, for Lambda to deliver them again. */
  async deliver({ Records }: DynamoDBStreamEvent): Promise<BatchResponse> {
    // The log is insert only: anything else on its stream is an operator's own doing and no event.
    const entries = Records.filter(({ eventName }) => eventName === 'INSERT').map(toEntry);

    const failed = await sendInOrder(entries, {
      groupOf: ({ event }) => event.id,
      send: (batch) => this.put(batch),
      maximumEntries: MAXIMUM_ENTRIES,
      maximumBytes: MAXIMUM_BYTES,
      bytesOf: ({ event, data }) => event.id.length + data.length,
    });

    return firstFailure(entries, failed);
  }

  private async put(batch: readonly Entry[]): Promise<Entry[]> {
    const { Records: results = [] } = await this.client.send(
      new PutRecordsCommand({
        StreamName: this.streamName,
        Records: batch.map(({ event, data }) => ({ PartitionKey: event.id, Data: data })),
      }),
    );

    return batch.filter(({ event }, index) => {
      const { SequenceNumber, ErrorCode, ErrorMessage } = results[index] ?? {};

      if (!SequenceNumber) {
        this.logger.warn('The stream refused an event.', {
          code: ErrorCode,
          reason: ErrorMessage,
          ...eventLine(event),
        });
      }
      return !SequenceNumber;
    });
  }
}

function toEntry({ dynamodb }: DynamoDBRecord): Entry {
  const event = decodeItem(unmarshall((dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>) as EventItem);

  return { sequenceNumber: dynamodb?.SequenceNumber ?? '', event, data: Buffer.from(JSON.stringify(event)) };
}
