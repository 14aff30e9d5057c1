/** `npm run bench`: measures, side by side in one run; all benchmarks, or those that are named. */
import '../test/support/environment';

import { parseArgs } from 'node:util';

import { append } from './append';
import type { Benchmark, Result } from './benchmark';
import { coldStart } from './cold-start';
import { crowd } from './crowd';
import { format } from './format';
import { load } from './load';
import { pipeline } from './pipeline';
import { poison } from './poison';
import { requests } from './requests';

const BENCHMARKS: ReadonlyMap<string, Benchmark> = new Map([
  ['append', append],
  ['cold-start', coldStart],
  ['crowd', crowd],
  ['load', load],
  ['pipeline', pipeline],
  ['poison', poison],
  ['requests', requests],
]);

const USAGE = `Usage: npm run bench -- [NAME …] [--json]

Names: ${[...BENCHMARKS.keys()].join(', ')}; all without one. --json: for machines, on the standard output: npm -s run bench -- --json`;

async function main(): Promise<void> {
  const { names, json, help } = readCommandLine();

  if (help) {
    console.log(USAGE);
    return;
  }
  const results: Record<string, Result> = {};

  for (const name of names) {
    const benchmark = BENCHMARKS.get(name);

    if (!benchmark) {
      throw new RangeError(`There is no benchmark "${name}".\n${USAGE}`);
    }
    const result = await benchmark((progress) => process.stderr.write(`${name}: ${progress}\n`));

    results[name] = result;
    if (!json) {
      console.log(`${name}: ${format(result)}`);
    }
  }
  if (json) {
    console.log(JSON.stringify(results, undefined, 2));
  }
}

function readCommandLine(): { names: readonly string[]; json: boolean; help: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });

  return { ...values, names: positionals.length > 0 ? positionals : [...BENCHMARKS.keys()] };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
