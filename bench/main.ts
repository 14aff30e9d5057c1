/** `npm run bench`: measures, side by side in one run; all benchmarks, or those that are named. */
import '../test/support/environment';

import { parseArgs } from 'node:util';

import { append } from './append';
import type { Benchmark, Result } from './support/benchmark';
import { coldStart } from './cold-start';
import { crowd } from './crowd';
import { document } from './document';
import { format } from './format';
import { load } from './load';
import { pipeline } from './pipeline';
import { poison } from './poison';
import { requests } from './requests';

const BENCHMARKS: ReadonlyMap<string, Benchmark> = new Map([
  ['append', append],
  ['load', load],
  ['pipeline', pipeline],
  ['cold-start', coldStart],
  ['requests', requests],
  ['crowd', crowd],
  ['poison', poison],
]);

const USAGE = `Usage: npm run bench -- [NAME …] [--json] [--docs]

Names: ${[...BENCHMARKS.keys()].join(', ')}; all without one.
--json: for machines, on the standard output: npm -s run bench -- --json
--docs: into docs/performance.md as well, in the place of what was there, and plots into docs/performance/`;

async function main(): Promise<void> {
  const { names, json, docs, help } = readCommandLine();

  if (help) {
    console.log(USAGE);
    return;
  }
  const results: Record<string, Result> = {};

  for (const name of names) {
    const result = await benchmarkOf(name)((progress) => process.stderr.write(`${name}: ${progress}\n`));

    results[name] = result;
    if (docs) {
      await document(name, result);
    }
    if (!json) {
      console.log(`${name}: ${format(result)}`);
    }
  }
  if (json) {
    console.log(JSON.stringify(results, undefined, 2));
  }
}

function readCommandLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });

  // A name that is none is told before the first of them takes its minutes.
  positionals.forEach(benchmarkOf);
  return { ...values, names: positionals.length > 0 ? positionals : [...BENCHMARKS.keys()] };
}

function benchmarkOf(name: string): Benchmark {
  const benchmark = BENCHMARKS.get(name);

  if (!benchmark) {
    throw new RangeError(`There is no benchmark "${name}".\n${USAGE}`);
  }
  return benchmark;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
