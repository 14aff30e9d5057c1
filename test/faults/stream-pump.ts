import { reportedFailures } from '../../local/mappings/batch-response.ts';
import type { StreamReader, StreamRecord } from '../../local/mappings/stream-reader.ts';
import type { FaultPlan } from './fault-plan';
import type { Lambda } from './lambda';
import type { EventRecord, StreamFaults } from './stream-faults';

const BATCH = 100;

export interface StreamPumpOptions {
  readonly reader: StreamReader;
  /** Whose event a record holds; `undefined` for what is no event. */
  readonly identify: (record: StreamRecord) => Omit<EventRecord, 'sequenceNumber' | 'eventRecord'> | undefined;
  readonly handler: (event: { Records: object[] }) => Promise<unknown>;
  readonly lambda: Lambda;
  readonly faults: FaultPlan;
  readonly streamFaults: StreamFaults;
  /** Lambda's ParallelizationFactor, each record by an item of its own: default 1. */
  readonly lanes?: number;
}

/** An event source mapping of a stream with one shard, that takes a step when it is told to. */
export class StreamPump {
  /** Events that were on the stream before. */
  repeated = 0;
  private readonly seen = new Set<string>();
  private readonly lanes: EventRecord[][];
  private shard = { id: '', iterator: '' };

  constructor(private readonly options: StreamPumpOptions) {
    this.lanes = Array.from({ length: options.lanes ?? 1 }, () => []);
  }

  /** How many different events it has read. */
  get read(): number {
    return this.seen.size;
  }

  /** Whether all that it has read is handled. */
  get isQuiet(): boolean {
    return this.lanes.every(({ length }) => length === 0);
  }

  /** From now on nothing that is written is missed. */
  async open(): Promise<void> {
    const { reader } = this.options;
    const [shard] = await reader.shards();

    this.shard = { id: shard!.id, iterator: await reader.iterator(shard!.id, 'LATEST') };
  }

  /** Reads what is new, and delivers one batch of each lane. */
  async step(): Promise<void> {
    const records = await this.readNew();

    records.forEach((record) => this.lanes[record.version % this.lanes.length]!.push(record));
    for (const [index, lane] of this.lanes.entries()) {
      this.lanes[index] = this.options.streamFaults.alter(lane.splice(0), records);
    }
    for (const lane of this.lanes.toReversed()) {
      await this.deliver(lane);
    }
  }

  private async readNew(): Promise<EventRecord[]> {
    const { reader, identify } = this.options;

    const { records, next } = await reader.read(this.shard.id, this.shard.iterator, BATCH);

    this.shard.iterator = next ?? this.shard.iterator;
    const events = records.flatMap((record) => {
      const event = identify(record);

      return event ? { ...event, sequenceNumber: record.sequenceNumber, eventRecord: record.eventRecord } : [];
    });

    events.forEach(({ aggregateId, version }) => {
      this.note(`${aggregateId} ${version}`);
    });
    return events;
  }

  private note(event: string): void {
    this.repeated += this.seen.has(event) ? 1 : 0;
    this.seen.add(event);
  }

  /** What failed stays, and all behind it; a batch whose success is not remembered comes again. */
  private async deliver(lane: EventRecord[]): Promise<void> {
    const { faults } = this.options;

    if (lane.length === 0 || faults.strike('late')) {
      return;
    }
    const batch = lane.slice(0, BATCH);
    const succeeded = await this.succeeded(batch);

    if (succeeded < batch.length || !faults.strike('twice')) {
      lane.splice(0, succeeded);
    }
  }

  /** How many records from the first on the function has handled. */
  private async succeeded(batch: readonly EventRecord[]): Promise<number> {
    const { lambda, handler } = this.options;
    const event = { Records: batch.map(({ eventRecord }) => eventRecord) };

    try {
      const answer = await lambda.invoke(() => handler(event));
      const failed = reportedFailures(answer, new Set(batch.map(({ sequenceNumber }) => sequenceNumber)));
      const first = batch.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));

      return first === -1 ? batch.length : first;
    } catch {
      return 0;
    }
  }
}
