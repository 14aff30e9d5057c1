import { parseArgs } from 'node:util';

import { LocalCloudError } from '../local-cloud-error.ts';

const SEE_HELP = 'See npm run invoke -- --help.';
const INSPECTOR_PORT = '9229';

export const HELP = `Usage: npm run invoke -- FUNCTION [-e EVENT.json] [options]

Runs one function against the local cloud that runs in this folder. Its answer goes to the standard output, its log to the
standard error.

  -e, --event FILE   The event, as JSON; - for the standard input. Without it, the event is the function's sample,
                     test/lambda/FUNCTION.json; where it has none, an empty one: {}.
  --inspect[=PORT]   Wait for a debugger on the port, ${INSPECTOR_PORT} by default.
  --help             Print this text.`;

export interface CommandLine {
  readonly help: boolean;
  readonly functionId: string | undefined;
  /** `-` for the standard input. */
  readonly eventFile: string | undefined;
  /** Where a debugger attaches; absent: without one. */
  readonly inspectorPort: number | undefined;
}

/** Throws a LocalCloudError for an argument that is wrong. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  const [functionId] = positionals;
  if (positionals.length > 1) {
    throw new LocalCloudError(`Expected the name of one function, got ${positionals.join(', ')}. ${SEE_HELP}`);
  }
  return { help: values.help, functionId, eventFile: values.event, inspectorPort: port(values.inspect) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // An option's value cannot be left out, so `--inspect` gets its own.
      args: args.map((arg) => (arg === '--inspect' ? `--inspect=${INSPECTOR_PORT}` : arg)),
      options: {
        event: { type: 'string', short: 'e' },
        inspect: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);
    throw new LocalCloudError(`${sentence ?? ''}. ${SEE_HELP}`, { cause: error });
  }
}

function port(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number > 0 && number < 65_536) return number;
  throw new LocalCloudError(`--inspect: expected a port from 1 to 65535, got "${value}".`);
}
