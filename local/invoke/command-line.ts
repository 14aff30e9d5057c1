import { parseArgs } from 'node:util';

import { LocalCloudError } from '../local-cloud-error.ts';

const USAGE = 'Usage: npm run invoke -- FUNCTION [-e EVENT.json | -e -] [--inspect[=PORT]]';
const INSPECTOR_PORT = '9229';

export interface CommandLine {
  readonly functionId: string;
  /** `-` for the standard input. */
  readonly eventFile: string | undefined;
  /** Where a debugger attaches; absent: without one. */
  readonly inspectorPort: number | undefined;
}

/** Throws a LocalCloudError for an argument that is wrong. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  const [functionId] = positionals;
  if (functionId === undefined || positionals.length > 1) {
    throw new LocalCloudError(`Expected the name of one function, got ${positionals.length}. ${USAGE}`);
  }
  return { functionId, eventFile: values.event, inspectorPort: port(values.inspect) };
}

function parse(args: readonly string[]): { values: { event?: string; inspect?: string }; positionals: string[] } {
  try {
    return parseArgs({
      // An option's value cannot be left out, so `--inspect` gets its own.
      args: args.map((arg) => (arg === '--inspect' ? `--inspect=${INSPECTOR_PORT}` : arg)),
      options: { event: { type: 'string', short: 'e' }, inspect: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);
    throw new LocalCloudError(`${sentence ?? ''}. ${USAGE}`, { cause: error });
  }
}

function port(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number > 0 && number < 65_536) return number;
  throw new LocalCloudError(`--inspect: expected a port from 1 to 65535, got "${value}".`);
}
