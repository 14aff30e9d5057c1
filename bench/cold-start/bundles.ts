import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import AwsSamPlugin from 'aws-sam-webpack-plugin';
import { type Configuration, webpack } from 'webpack';

const ROOT = join(__dirname, '../..');
const BARE_CLIENT = './bench/cold-start/bare-client.ts';

interface FunctionsConfiguration extends Configuration {
  /** Module of each function of `template.yaml`. */
  readonly entry: Readonly<Record<string, string>>;
}

type Functions = (environment: object, options: { readonly mode: string }) => FunctionsConfiguration;

/** Files of bundles as they are deployed, in a folder of their own: functions of one module have one bundle. */
export interface Bundles {
  /** By the names of the functions. */
  readonly functions: ReadonlyMap<string, string>;
  /** Holds a DynamoDB client and nothing else. */
  readonly bareClient: string;
}

/** Builds for production, as webpack.config.js says. */
export async function buildBundles(): Promise<Bundles> {
  const configuration = await productionConfiguration();
  const folder = join(__dirname, 'cold-start');
  const modules = [...new Set([...Object.values(configuration.entry), BARE_CLIENT])];

  await run({
    ...configuration,
    entry: Object.fromEntries(modules.map((module) => [nameOf(module), module])),
    output: { ...configuration.output, path: folder },
    // The plugin would write the template of .aws-sam/build, where the bundles of `npm start` are.
    plugins: configuration.plugins?.filter((plugin) => !(plugin instanceof AwsSamPlugin)),
  });
  const fileOf = (module: string) => join(folder, nameOf(module), 'app.js');

  return {
    functions: new Map(Object.entries(configuration.entry).map(([name, module]) => [name, fileOf(module)])),
    bareClient: fileOf(BARE_CLIENT),
  };
}

async function productionConfiguration(): Promise<FunctionsConfiguration> {
  const file = pathToFileURL(join(ROOT, 'webpack.config.js')).href;
  // It is read as it is then, not built in.
  const { default: functions } = (await import(/* webpackIgnore: true */ file)) as { default: Functions };

  return functions({}, { mode: 'production' });
}

function nameOf(module: string): string {
  return basename(module, '.ts');
}

function run(configuration: Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error || stats?.hasErrors()) {
        reject(error ?? new Error(stats?.toString('errors-only')));
      } else {
        resolve();
      }
    });
  });
}
