import { createHash } from 'node:crypto';

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import { lastPart } from './aggregate-id';

/** Everything that a run leaves to chance, and draws again from the same seed. */
export class Random {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** By a text: the same for the same. */
  static of(text: string): Random {
    return new Random(createHash('sha256').update(text).digest().readInt32BE());
  }

  /** A whole number from 0 to `end`, without `end`. */
  below(end: number): number {
    return uniformInt(this.generator, 0, end - 1);
  }

  /** @param probability 0: never, 1: always */
  chance(probability: number): boolean {
    return this.below(1_000_000) < probability * 1_000_000;
  }

  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) {
      throw new RangeError('Expected something to pick from.');
    }
    return list[this.below(list.length)] as T;
  }

  /**
   * An aggregate's id: a UUID of version 4.
   *
   * @param run its last part: a number that ids of the same seed may differ in
   */
  uuid(run: number): string {
    const hex = (length: number) => Array.from({ length }, () => this.below(16).toString(16)).join('');

    return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${lastPart(run)}`;
  }
}
