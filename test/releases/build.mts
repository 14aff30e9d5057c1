/** Builds all releases of the bank, as the programs of this project are built: `node test/releases/build.mts FOLDER`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

import webpack, { type Configuration, type RuleSetRule } from 'webpack';

import { type Edit, RELEASES } from './releases.mts';

const FUNCTIONS = './src/functions';
const [folder = ''] = process.argv.slice(2);
const releases: [string, readonly Edit[]][] = Object.entries(RELEASES);
const configuration = createRequire(import.meta.url)('../../webpack.config.js') as (
  env: object,
  argv: object,
) => Configuration;
const { module: compiled, ...program } = configuration({ program: 'ops' }, {});

/** A release is a layer of webpack's: whatever stands on the bank is compiled for each, and the engine below it once. */
const layer = (name: string, edits: readonly Edit[]): RuleSetRule => ({
  issuerLayer: name,
  test: /\/test\/support\//,
  enforce: 'pre',
  loader: path.resolve('test/releases/edit-source.mts'),
  options: { edits },
});

const compiler = webpack({
  ...program,
  cache: false,
  devtool: false,
  experiments: { layers: true },
  entry: {
    'dynamo-kinesis-adaptor': `${FUNCTIONS}/dynamo-kinesis-adaptor.ts`,
    'event-broker': `${FUNCTIONS}/event-broker.ts`,
    ...Object.fromEntries(
      releases.flatMap(([name]) => [
        [`${name}/queue-processor`, { import: `${FUNCTIONS}/queue-processor.ts`, layer: name }],
        [`${name}/teller`, { import: './test/releases/teller.ts', layer: name }],
      ]),
    ),
  },
  output: { path: path.resolve(folder), filename: '[name].js', library: { type: 'commonjs2' } },
  module: {
    rules: [
      ...(compiled?.rules ?? []),
      { test: /\/src\/(?:app|event-store|shared-kernel)\//, layer: 'engine' },
      ...releases.map(([name, edits]) => layer(name, edits)),
    ],
  },
  plugins: [new webpack.NormalModuleReplacementPlugin(/\/contexts$/, path.resolve('test/releases/bank-contexts.ts'))],
});
const stats = await promisify(compiler.run.bind(compiler))();

if (stats?.hasErrors()) {
  throw new Error(stats.toString('errors-only'));
}
