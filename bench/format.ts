import Table from 'cli-table3';

import { median } from './alternate';
import type { Result } from './benchmark';

/** A result as a table for people. */
export function format(name: string, { question, sides, ratios }: Result): string {
  const times = new Table({ head: [name, 'median ms', 'least', 'most'], style: { head: [], border: [] } });

  times.push(
    ...sides.map(({ name, milliseconds }) => [
      name,
      ...[median(milliseconds), Math.min(...milliseconds), Math.max(...milliseconds)].map((value) => value.toFixed(0)),
    ]),
  );
  const lines = ratios.map(({ of, ratio, atMost }) => `${of}: ${ratio.toFixed(2)} (should be at most ${atMost})`);

  return [question, times.toString(), ...lines, ''].join('\n');
}
