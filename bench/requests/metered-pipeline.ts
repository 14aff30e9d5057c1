import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { poll } from '../../local/poll.ts';
import type { TestCloud } from '../../test/support/test-cloud';
import { DynamoDbMeter, type DynamoDbUse } from './dynamodb-meter';
import { FUNCTIONS, type FunctionName, openFunctions } from './functions';
import { runMappings } from './mappings';
import { SqsMeter } from './sqs-meter';

const PATIENCE = { timeoutMilliseconds: 60_000, intervalMilliseconds: 5 };

export interface Invocations {
  readonly count: number;
  readonly records: number;
}

/** What the way from the log to the projections has used. */
export interface PipelineUse {
  readonly dynamodb: DynamoDbUse;
  readonly sqs: number;
  readonly invocations: ReadonlyMap<FunctionName, Invocations>;
}

/** The way from the event log to the projections, in this process; counts what it asks of the services. */
export class MeteredPipeline {
  private readonly dynamodb = new DynamoDBClient({});
  private readonly meter = new DynamoDbMeter(this.dynamodb);
  private readonly sqs = new SqsMeter();
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private invocations = new Map<FunctionName, { count: number; records: number }>();
  /** Records that each function has had since the start. */
  private readonly handled = new Map<FunctionName, number>();
  private events = 0;

  /** @param windows whether functions wait for more to come, as the template says */
  constructor(cloud: TestCloud, { windows }: { readonly windows: boolean }) {
    const functions = openFunctions(cloud, this.dynamodb, this.sqs.client);

    this.running = runMappings({
      cloud,
      sqs: this.sqs.client,
      windows,
      signal: this.stopping.signal,
      invoke: async (name, event) => {
        const answer = await functions[name](event);

        this.count(name, (event as { Records: unknown[] }).Records.length);
        return answer;
      },
    });
  }

  /** To be told of each event that is appended. */
  appended(): void {
    this.events++;
  }

  /** Resolves when every event has gone all the way. */
  async drained(): Promise<void> {
    const done = await poll(() => Promise.resolve(this.isDrained || undefined), PATIENCE);

    if (!done) {
      throw new Error(`Expected ${this.events} events to go all the way within a minute.`);
    }
  }

  /** Answers what was counted so far, and counts from nothing again. */
  take(): PipelineUse {
    const { invocations } = this;

    this.invocations = new Map();
    return { dynamodb: this.meter.take(), sqs: this.sqs.take(), invocations };
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.dynamodb.destroy();
    this.sqs.client.destroy();
  }

  private get isDrained(): boolean {
    const [adaptor = 0, broker = 0, snapshotter = 0] = FUNCTIONS.map((name) => this.handled.get(name));

    return [adaptor, broker, snapshotter, this.sqs.deleted].every((count) => count === this.events);
  }

  private count(name: FunctionName, records: number): void {
    const before = this.invocations.get(name) ?? { count: 0, records: 0 };

    this.invocations.set(name, { count: before.count + 1, records: before.records + records });
    this.handled.set(name, (this.handled.get(name) ?? 0) + records);
  }
}
