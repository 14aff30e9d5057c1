import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

import type { Logger } from '../../shared-kernel/logging/logger';
import { withTimeLimit, type TimeLimit } from '../../shared-kernel/time/time-limit';
import { decodeItem } from '../events/event-decoder';
import type { EventItem } from '../events/event-item';
import type { EventReference } from '../events/event-reference';
import { eventLine } from './event-line';
import { noEvent, referenceBody } from './event-message';
import { type BatchResponse, firstFailure, type StreamEntry } from './first-failure';
import { type Refusal, refusalLine, refusalOfEntry, type Refused } from './refusal';
import { sendInOrder, unlessAside } from './send-in-order';
import { hashOf } from './sqs-id';
import type { UndeliveredQueue } from './undelivered-queue';

// Limits of PutRecords; of a record, what all regions have long allowed, with room for its key.
const MAXIMUM_ENTRIES = 500;
const MAXIMUM_BYTES = 5 * 1024 * 1024;
const MAXIMUM_RECORD_BYTES = 1_000_000;
const MAXIMUM_KEY_CHARACTERS = 256;

/** Milliseconds for which a refusal that somebody has to mend is tried again: half of what the log's stream keeps. */
const PATIENCE = 12 * 60 * 60 * 1000;

interface Entry extends StreamEntry {
  readonly reference: EventReference;
  readonly data: Uint8Array;
  readonly partitionKey: string;
  /** Milliseconds since it was appended. */
  readonly age: number;
  /** Why the item is no event. */
  readonly problem?: Refusal;
}

/** Puts what is appended to the event log on the Kinesis stream, each aggregate's events in their order. */
export class DynamoKinesisAdaptor {
  constructor(
    private readonly client: KinesisClient,
    private readonly streamName: string,
    private readonly quarantine: UndeliveredQueue,
    private readonly logger: Logger,
  ) {}

  /**
   * Events that are neither on the stream nor in quarantine by the deadline are named, for Lambda to deliver them again.
   *
   * @param deadline in milliseconds since 1970
   */
  async deliver({ Records }: DynamoDBStreamEvent, deadline = Infinity): Promise<BatchResponse> {
    // The log is insert only: anything else on its stream is an operator's own doing and no event.
    const entries = Records.filter(({ eventName }) => eventName === 'INSERT').map(toEntry);

    return firstFailure(entries, await withTimeLimit(deadline, (time) => this.send(entries, time)));
  }

  private async send(entries: readonly Entry[], time: TimeLimit): Promise<ReadonlySet<Entry>> {
    const aside = { setAside: (refused: readonly Refused<Entry>[]) => this.setAside(refused), time };
    const unreadable = entries.flatMap((entry) => (entry.problem ? [{ entry, refusal: entry.problem }] : []));
    const events = entries.filter(({ problem }) => !problem);
    const unsent = await sendInOrder(events, {
      ...aside,
      groupOf: ({ reference }) => reference.id,
      send: (batch) => this.put(batch),
      maximumEntries: MAXIMUM_ENTRIES,
      maximumBytes: MAXIMUM_BYTES,
      bytesOf: ({ partitionKey, data }) => Buffer.byteLength(partitionKey) + data.length,
    });

    if (time.isOver && unsent.size > 0) {
      this.logger.error('A batch took too long: what is not on the stream comes again.', { count: unsent.size });
    }
    return new Set([...unsent, ...(await unlessAside(unreadable, aside))]);
  }

  private async put(batch: readonly Entry[]): Promise<Refused<Entry>[]> {
    const { Records: results = [] } = await this.client.send(
      new PutRecordsCommand({
        StreamName: this.streamName,
        Records: batch.map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: data })),
      }),
    );

    return batch.flatMap((entry, index) => {
      const { SequenceNumber, ErrorCode, ErrorMessage } = results[index] ?? {};

      return SequenceNumber ? [] : [{ entry, refusal: refusalOfEntry(ErrorCode, ErrorMessage, false) }];
    });
  }

  private async setAside(refused: readonly Refused<Entry>[]): Promise<ReadonlySet<Entry>> {
    for (const { entry, refusal } of refused) {
      this.logger.warn('The stream refused an event.', { ...refusalLine(refusal), ...eventLine(entry.reference) });
    }
    return this.quarantine.put(
      refused.filter(
        ({ entry, refusal: { kind } }) => kind === 'content' || (kind === 'setup' && entry.age > PATIENCE),
      ),
    );
  }
}

function toEntry({
  dynamodb: { Keys, NewImage, SequenceNumber = '', ApproximateCreationDateTime } = {},
}: DynamoDBRecord): Entry {
  const { id = '', $version = 0 } = unmarshall((Keys ?? {}) as Record<string, AttributeValue>) as Partial<EventItem>;
  const age = ApproximateCreationDateTime === undefined ? 0 : Date.now() - ApproximateCreationDateTime * 1000;
  const entry = { sequenceNumber: SequenceNumber, partitionKey: partitionKeyOf(id), age };

  try {
    const event = decodeItem(unmarshall((NewImage ?? {}) as Record<string, AttributeValue>) as EventItem);
    const data = Buffer.from(JSON.stringify(event));

    return {
      ...entry,
      reference: event,
      data: data.length > MAXIMUM_RECORD_BYTES ? Buffer.from(referenceBody(event)) : data,
    };
  } catch (error) {
    const reference = { id, $version, $name: '', timestamp: '' };

    return { ...entry, reference, data: Buffer.alloc(0), problem: noEvent(error as Error) };
  }
}

/** The aggregate's id: Kinesis keeps the order of each. */
function partitionKeyOf(id: string): string {
  return id.length <= MAXIMUM_KEY_CHARACTERS ? id : hashOf(id);
}
