import type { Side } from './benchmark';

const ROUNDS = 5;

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
  const medianOf = (name: string) => median(sides.find((side) => side.name === name)?.milliseconds ?? []);

  return medianOf(of) / medianOf(by);
}
