import { setTimeout as sleep } from 'node:timers/promises';

import type { EventLog, UnreadableHistory } from '../../src/event-store/event-log/event-log';
import { UnknownEventError } from '../../src/event-store/errors/unknown-event.error';
import type { Event, Uuid } from '../../src/event-store/events/event';
import { inChunks } from '../support/in-chunks';
import type { Progress } from '../support/progress';
import { compare, type Difference } from './difference';
import type { Key, ProjectionInspection } from './projection-inspection';

const AGGREGATES_AT_ONCE = 25;
// An event needs a moment from the log to a projection, and rows and checkpoint are read one after the other: only what
// stays different is a difference.
const MOST_LOOKS = 10;
const LEAST_LOOKS = 2;
const BETWEEN_LOOKS = 500; // milliseconds

/** What a verification found. */
export interface Verified {
  readonly differences: readonly Difference[];
  /** Aggregates whose log cannot be read, or whose events nothing can be made of: of these nothing is told. */
  readonly unreadable: readonly UnreadableHistory[];
}

/** One aggregate in one projection that did not look right, and keys of rows that its events know nothing of. */
interface Suspect {
  readonly projection: ProjectionInspection;
  readonly id: Uuid;
  readonly keys: Set<Key>;
}

/** Folds the whole event log and compares it with the projections, both ways. */
export class Verification {
  private readonly suspects = new Map<string, Suspect>();
  private readonly unreadable = new Map<Uuid, UnreadableHistory>();

  constructor(
    private readonly log: EventLog,
    private readonly projections: readonly ProjectionInspection[],
    private readonly progress: Progress,
  ) {}

  /** All differences that stay while the system goes on, and what could not be compared. */
  async run(): Promise<Verified> {
    await this.compareAggregates();
    for (const projection of this.projections) {
      await this.findStrangers(projection);
    }
    const differences = await this.lookAgain();

    return {
      differences: differences.filter(({ aggregateId }) => !this.unreadable.has(aggregateId)),
      unreadable: [...this.unreadable.values()],
    };
  }

  private async compareAggregates(): Promise<void> {
    const all = this.log.readAll((history) => this.unreadable.set(history.aggregateId, history));

    for await (const histories of inChunks(all, AGGREGATES_AT_ONCE)) {
      await Promise.all(
        histories.flatMap((history) =>
          this.projections.map((projection) => this.compareAggregate(projection, history)),
        ),
      );
      this.progress.advance(histories.reduce((sum, { length }) => sum + length, 0));
    }
  }

  private async compareAggregate(projection: ProjectionInspection, history: readonly Event[]): Promise<void> {
    const first = history.find(({ $name }) => projection.handled.has($name));

    if (first && (await this.differences(first.id, () => compare(projection, first.id, history))).length > 0) {
      this.suspect(projection, first.id);
    }
  }

  /** Rows that no event has made. */
  private async findStrangers(projection: ProjectionInspection): Promise<void> {
    for await (const keys of inChunks(projection.keys(), AGGREGATES_AT_ONCE)) {
      await Promise.all(
        keys.map(async ({ key, aggregateId }) => {
          if (this.unreadable.has(aggregateId)) {
            return;
          }
          await this.differences(aggregateId, async () => {
            if (!projection.expected(await this.log.read(aggregateId)).rows.has(key)) {
              this.suspect(projection, aggregateId, key);
            }
            return [];
          });
        }),
      );
      this.progress.advance(keys.length);
    }
  }

  /** None of an aggregate whose events this code does not know, or can make nothing of: it is told, and stops no other. */
  private async differences(aggregateId: Uuid, find: () => Promise<Difference[]>): Promise<Difference[]> {
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof UnknownEventError || error instanceof TypeError)) {
        throw error;
      }
      this.unreadable.set(aggregateId, { aggregateId, error });
      return [];
    }
  }

  private suspect(projection: ProjectionInspection, id: Uuid, ...keys: readonly Key[]): void {
    const name = `${projection.name} ${id}`;
    const suspect = this.suspects.get(name) ?? { projection, id, keys: new Set() };

    keys.forEach((key) => suspect.keys.add(key));
    this.suspects.set(name, suspect);
  }

  /** Until the suspects are cleared; those that stay behind have a few seconds, the others only one more chance. */
  private async lookAgain(): Promise<Difference[]> {
    for (let look = 1; ; look++) {
      const differences: Difference[] = [];

      for (const [name, { projection, id, keys }] of this.suspects) {
        const found = await this.differences(id, async () => compare(projection, id, await this.log.read(id), keys));

        if (found.length === 0) {
          this.suspects.delete(name);
        }
        differences.push(...found);
        this.progress.advance(0);
      }
      const isFinal = look >= LEAST_LOOKS && !differences.some(({ of }) => of === 'checkpoint');

      if (differences.length === 0 || isFinal || look === MOST_LOOKS) {
        return differences;
      }
      await sleep(BETWEEN_LOOKS);
    }
  }
}
