import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';

import { LocalCloudError } from './local-cloud-error.ts';
import { withoutEmpty } from './user-settings.ts';

export const HELP = `Usage: npm start -- [options]

Runs template.yaml on this machine: builds the functions, starts the engines, creates the resources and serves the API. It runs
this template and others of its form: functions in TypeScript or JavaScript that webpack builds, one API, tables, Kinesis
streams, queues and buckets, delivery streams from Kinesis to a bucket, and event source mappings of streams and queues.
What else the template asks for is named in a warning, unless it only matters on AWS.

Where package.json has a script "check", that runs beside the build, and ends the start where it fails.

  --port N                Port of the API, 0 for any that is free; also PORT=N. 3000 by default.
  --data DIR              Keep the tables in DIR between runs. In memory by default.
  --auth                  Close the API: an issuer on 127.0.0.1 gives the tokens that it takes, and one of them is printed.
                          For a template with the parameters authentication, tokenIssuer and tokenAudience; without
                          this option, authentication is none unless .env or --parameter say otherwise.
  --parameter NAME=VALUE  Value for a parameter of template.yaml, before the one in .env. May be repeated.
  --host ADDRESS          Address that the engines listen on, 127.0.0.1 by default. For "sam local" on Linux, whose
                          containers cannot reach that: --host 0.0.0.0. It opens the engines, which take any
                          credentials, to the network.
  --verbose               Name all that is left out, what only matters on AWS as well.
  --no-types              Do not check types. Otherwise type errors are printed some seconds after Ready.
  --help                  Print this text.

Environment: AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL_S3 name engines to use
in place of the built-in ones. LOCAL_CLOUD=NAME runs another local cloud beside the one of this folder; with it, npm run invoke,
npm run ops and npm run smoke use that one. An empty variable counts as unset. No other setting of AWS counts, nor a proxy: the
region is us-east-1.`;

export interface CommandLine {
  readonly help: boolean;
  readonly port: number;
  readonly dataDirectory: string | undefined;
  readonly auth: boolean;
  readonly verbose: boolean;
  /** Whether to check types. */
  readonly types: boolean;
  readonly engineHost: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads the arguments, and PORT unless that is empty; throws a LocalCloudError for one that is wrong. */
export function readCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  const values = parse(args);
  const { PORT = '3000' } = withoutEmpty(environment);
  return {
    help: values.help,
    port: values.port === undefined ? port('PORT', PORT) : port('--port', values.port),
    dataDirectory: values.data,
    auth: values.auth,
    verbose: values.verbose,
    types: !values['no-types'],
    engineHost: address(values.host),
    parameters: Object.fromEntries(values.parameter.map(parameter)),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        auth: { type: 'boolean', default: false },
        parameter: { type: 'string', multiple: true, default: [] },
        verbose: { type: 'boolean', default: false },
        'no-types': { type: 'boolean', default: false },
        host: { type: 'string', default: '127.0.0.1' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);
    throw new LocalCloudError(`${sentence}. See npm start -- --help.`, { cause: error });
  }
}

function port(name: string, value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number < 65536) return number;
  throw new LocalCloudError(`${name}: expected a port from 0 to 65535, got "${value}".`);
}

/** dynoxide listens on no IPv6 address. */
function address(value: string): string {
  if (isIPv4(value)) return value;
  throw new LocalCloudError(`--host: expected an IPv4 address of this machine, got "${value}".`);
}

function parameter(assignment: string): [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
  if (name === undefined || value === undefined) {
    throw new LocalCloudError(`--parameter: expected NAME=VALUE, got "${assignment}".`);
  }
  return [name, value];
}
