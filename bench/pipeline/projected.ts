import { setTimeout as sleep } from 'node:timers/promises';

import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { Uuid } from '../../src/event-store/events/event';

// Keys that a BatchGetItem takes.
const MAXIMUM_KEYS = 100;
// Milliseconds.
const LOOK_EVERY = 20;
const PATIENCE = 60_000;

interface Expected {
  version: number;
  shown: number;
  readonly reached: PromiseWithResolvers<void>;
}

/**
 * Follows the rows of a projection from the events that are in the log to the versions that the rows show. Where nothing moves
 * for a minute, or the rows cannot be read, nobody waits for ever: the program ends with that error.
 */
export class Projected {
  /** Rows that do not show the version that their aggregate has. */
  private readonly behind = new Map<Uuid, Expected>();
  private readonly shown = new Map<Uuid, number>();
  private readonly looking: Promise<void>;
  private over = false;
  private progressAt = performance.now();

  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly table: string,
  ) {
    this.looking = this.look();
  }

  /** Events that are in the log and in no row yet. */
  get lag(): number {
    return [...this.behind.values()].reduce((sum, { version, shown }) => sum + version - shown, 0);
  }

  /** Resolves when an aggregate's row shows this version, seen within some 20 milliseconds; or a later one that is waited for. */
  async reaches(id: Uuid, version: number): Promise<void> {
    const expected = this.behind.get(id) ?? {
      version,
      shown: this.shown.get(id) ?? 0,
      reached: Promise.withResolvers(),
    };

    expected.version = Math.max(version, expected.version);
    this.behind.set(id, expected);
    await expected.reached.promise;
  }

  /** Resolves when every row shows all there is. */
  async catchUp(): Promise<void> {
    await Promise.all([...this.behind.values()].map(({ reached }) => reached.promise));
  }

  /** Looks no more; what has not been reached never is. */
  async stop(): Promise<void> {
    this.over = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.over) {
      const ids = [...this.behind.keys()];

      for (let start = 0; start < ids.length; start += MAXIMUM_KEYS) {
        await this.read(ids.slice(start, start + MAXIMUM_KEYS));
      }
      this.ensureProgress();
      await sleep(LOOK_EVERY);
    }
  }

  private ensureProgress(): void {
    if (this.behind.size === 0) {
      this.progressAt = performance.now();
    }
    if (performance.now() > this.progressAt + PATIENCE) {
      throw new Error(`Expected ${this.lag} more events to get to their rows, and for a minute none did.`);
    }
  }

  private async read(ids: readonly Uuid[]): Promise<void> {
    const { Responses } = await this.documents.send(
      new BatchGetCommand({
        RequestItems: {
          [this.table]: {
            Keys: ids.map((id) => ({ id })),
            ConsistentRead: true,
            ProjectionExpression: '#id, #version',
            ExpressionAttributeNames: { '#id': 'id', '#version': 'version' },
          },
        },
      }),
    );

    for (const { id, version } of (Responses?.[this.table] ?? []) as { id: Uuid; version: number }[]) {
      this.show(id, version);
    }
  }

  private show(id: Uuid, version: number): void {
    const expected = this.behind.get(id);

    if (!expected) {
      return;
    }
    if (version > expected.shown) {
      this.progressAt = performance.now();
    }
    expected.shown = version;
    this.shown.set(id, version);
    if (version >= expected.version) {
      this.behind.delete(id);
      expected.reached.resolve();
    }
  }
}
