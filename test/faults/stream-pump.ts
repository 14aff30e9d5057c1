import { createHash } from 'node:crypto';

import { reportedFailures } from '../../local/mappings/batch-response.ts';
import type { StreamReader, StreamRecord } from '../../local/mappings/stream-reader.ts';
import type { StreamMappingModel } from '../../local/model.ts';
import { withoutRun } from './aggregate-id';
import { EventKeys } from './event-keys';
import type { FaultPlan } from './fault-plan';
import type { Lambda } from './lambda';
import type { EventKey, EventRecord, StreamFaults } from './stream-faults';

const LARGEST_READ = 1000;

export interface StreamPumpOptions {
  readonly reader: StreamReader;
  readonly mapping: StreamMappingModel;
  /** Which event a record holds; `undefined` for what is none of this run. */
  readonly identify: (record: StreamRecord) => EventKey | undefined;
  readonly handler: (event: { Records: object[] }) => Promise<unknown>;
  readonly lambda: Lambda;
  readonly faults: FaultPlan;
  readonly streamFaults: StreamFaults;
}

/** An event source mapping of a stream with one shard, that takes a step when it is told to. It is made by its first step. */
export class StreamPump {
  /** Events that were on the stream before. */
  repeated = 0;
  readonly read = new EventKeys();
  /** What the function has handled. */
  readonly delivered = new EventKeys();
  private readonly lanes: EventRecord[][];
  private shard?: { readonly id: string; iterator: string };

  constructor(private readonly options: StreamPumpOptions) {
    this.lanes = Array.from({ length: options.mapping.parallelizationFactor }, () => []);
  }

  /** Whether all that it has read is handled. */
  get isQuiet(): boolean {
    return this.lanes.every(({ length }) => length === 0);
  }

  /** Reads what is new, and delivers one batch of each lane: the last lane first, as nothing says that it must not be. */
  async step(): Promise<void> {
    const arrived: EventRecord[] = [];

    for (const record of await this.readNew()) {
      const key = this.options.identify(record);

      if (key) {
        arrived.push({ ...key, sequenceNumber: record.sequenceNumber, eventRecord: record.eventRecord });
        this.lanes[this.laneOf(record)]!.push(arrived.at(-1)!);
        this.repeated += this.read.has(key) ? 1 : 0;
        this.read.add(key);
      }
    }
    for (const [index, lane] of this.lanes.entries()) {
      this.lanes[index] = this.options.streamFaults.alter(lane, arrived);
    }
    for (const lane of this.lanes.toReversed()) {
      await this.deliver(lane);
    }
  }

  /** All that is there: the engines show a record as soon as its write is answered, so every run reads the same. */
  private async readNew(): Promise<StreamRecord[]> {
    const { reader } = this.options;
    const shard = (this.shard ??= await this.open());
    const all: StreamRecord[] = [];

    for (;;) {
      const { records, next } = await reader.read(shard.id, shard.iterator, LARGEST_READ);

      shard.iterator = next ?? shard.iterator;
      all.push(...records);
      if (records.length < LARGEST_READ) {
        return all;
      }
    }
  }

  private async open() {
    const { reader, mapping } = this.options;
    const [shard] = await reader.shards();

    return { id: shard!.id, iterator: await reader.iterator(shard!.id, mapping.startingPosition) };
  }

  /** By its key, as Lambda does; the run's number is no part of it, or lanes would differ from run to run. */
  private laneOf({ orderingKey }: StreamRecord): number {
    return createHash('md5').update(withoutRun(orderingKey)).digest().readUInt32BE() % this.lanes.length;
  }

  /** What failed stays, and all behind it; a batch whose success is not remembered comes again. */
  private async deliver(lane: EventRecord[]): Promise<void> {
    const { faults, mapping } = this.options;

    if (lane.length === 0 || faults.strike('late')) {
      return;
    }
    const batch = lane.slice(0, mapping.batchSize);
    const succeeded = await this.succeeded(batch);

    batch.slice(0, succeeded).forEach((record) => {
      this.delivered.add(record);
    });
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
