import { parseArgs } from 'node:util';

import type { Command, Options } from './command';
import { COMMANDS } from './commands/commands';
import { OpsError } from './ops-error';

/** Where to run it, and how to answer. */
export interface CommandLine {
  readonly command: Command;
  readonly options: Options;
  readonly stack: string | undefined;
  readonly region: string | undefined;
  readonly json: boolean;
}

/**
 * Reads the arguments; `undefined`: help is wanted.
 *
 * @throws OpsError for one that is wrong
 */
export function readCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values, positionals } = parse(args);

  if (values.help || positionals.length === 0) {
    return undefined;
  }
  const { aggregate, all, stack, region, json = false } = values;
  const name = positionals.join(' ');
  const command = COMMANDS.get(name);

  if (!command) {
    throw new OpsError(`There is no command "${name}". Expected one of ${[...COMMANDS.keys()].join(', ')}.`);
  }
  checkOptions(name, command, { aggregate, all });
  if (region !== undefined && stack === undefined) {
    throw new OpsError(
      '--region is of a deployed stage: name its stack with --stack. Without it, the local cloud is meant.',
    );
  }
  return { command, options: { aggregate, all }, stack, region, json };
}

const USAGE: Readonly<Record<keyof Options, string>> = { aggregate: '--aggregate ID', all: '--all' };

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        aggregate: { type: 'string' },
        all: { type: 'boolean' },
        stack: { type: 'string' },
        region: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);

    throw new OpsError(`${sentence}. See npm run ops -- --help.`, { cause: error });
  }
}

function checkOptions(name: string, { required, optional }: Command, options: Options): void {
  const given = Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : [option]));
  const allowed = [...required, ...optional];
  const odd = given.find((option) => !allowed.includes(option as keyof Options));

  if (odd !== undefined) {
    throw new OpsError(`${name} takes no --${odd}. See npm run ops -- --help.`);
  }
  if (given.length > 1 || (required.length > 0 && given.length === 0)) {
    throw new OpsError(
      `${name} needs ${allowed.map((option) => USAGE[option]).join(' or ')}. See npm run ops -- --help.`,
    );
  }
  if (options.aggregate === '') {
    throw new OpsError('--aggregate needs the id of an aggregate.');
  }
}
