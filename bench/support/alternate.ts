import type { Table } from './benchmark';

const ROUNDS = 5;

/** What one side of a comparison took in each round, in milliseconds. */
export interface Side {
  readonly name: string;
  readonly milliseconds: readonly number[];
}

/**
 * Times sides in turn, so that whatever else the machine does hits all of them alike. A first round warms up and does not count.
 *
 * @param sides by name: each does its work and answers how many milliseconds of it count
 */
export async function alternate(
  sides: Readonly<Record<string, () => Promise<number>>>,
  tell: (progress: string) => void,
): Promise<Side[]> {
  const times = new Map(Object.keys(sides).map((name) => [name, [] as number[]]));

  for (let round = 0; round <= ROUNDS; round++) {
    tell(`round ${round} of ${ROUNDS}`);
    for (const [name, run] of Object.entries(sides)) {
      times.get(name)?.push(await run());
    }
  }
  return [...times].map(([name, [, ...milliseconds]]) => ({ name, milliseconds }));
}

/** The middle one; of an even number, the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

/** Median of one side by median of another. */
export function ratio(sides: readonly Side[], of: string, by: string): number {
  return medianOf(sides, of) / medianOf(sides, by);
}

export function medianOf(sides: readonly Side[], name: string): number {
  return median(sides.find((side) => side.name === name)?.milliseconds ?? []);
}

/** Each side's median with its fastest and slowest round. */
export function timesOf(sides: readonly Side[]): Table {
  return {
    columns: ['', 'median ms', 'least', 'most'],
    rows: sides.map(({ name, milliseconds }) => [
      name,
      median(milliseconds),
      Math.min(...milliseconds),
      Math.max(...milliseconds),
    ]),
  };
}
