import { parseArgs } from 'node:util';

import type { Command, Options } from '../commands/command';
import { COMMANDS } from '../commands/commands';
import { OpsError } from '../support/ops-error';
import { checkOptions } from './check-options';

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
  const { aggregate, all, from, to, stack, region, json = false } = values;
  const { name, command, argument } = findCommand(positionals);
  const options = { aggregate, all, from, to, ...argument };

  checkOptions(name, command, options);
  if (region !== undefined && stack === undefined) {
    throw new OpsError(
      '--region is of a deployed stage: name its stack with --stack. Without it, the local cloud is meant.',
    );
  }
  return { command, options, stack, region, json };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        aggregate: { type: 'string' },
        all: { type: 'boolean' },
        from: { type: 'string' },
        to: { type: 'string' },
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

function findCommand(words: readonly string[]) {
  for (const [name, command] of COMMANDS) {
    const length = name.split(' ').length;

    if (words.slice(0, length).join(' ') === name && (command.argument !== undefined || words.length === length)) {
      return { name, command, argument: readArgument(name, command, words.slice(length)) };
    }
  }
  throw new OpsError(`There is no command "${words.join(' ')}". Expected one of ${[...COMMANDS.keys()].join(', ')}.`);
}

function readArgument(name: string, { argument }: Command, words: readonly string[]): Options {
  if (argument === undefined) {
    return {};
  }
  if (words.length !== 1) {
    throw new OpsError(
      `${name} needs its ${argument.toUpperCase()} as one argument in quotes, got ${words.length}. See npm run ops -- --help.`,
    );
  }
  return { [argument]: words[0] };
}
