import { parseArgs } from 'node:util';

import { runningCloud } from '../../local/running-cloud.ts';
import type { TokenRequest } from './access-token.mts';

export const HELP = `Usage: npm run smoke -- [--url URL] [options]

Tries a running stage, deployed or local: registers a user of its own, the same in each run, updates it and reads it; and checks what
must be refused. Exits with 1 at the first check that fails.

  --url URL        Base URL of the API: the stack's output ApiUrl, or what npm start prints after "Ready". By default that of the
                   local cloud that runs in this folder.
  --token TOKEN    Bearer token for an API that asks for one; also SMOKE_TOKEN, which no process list shows. With it, the API
                   has to refuse a request without. In its place, SMOKE_TOKEN_URL (the issuer's token endpoint) and
                   SMOKE_TOKEN_FORM (grant_type=client_credentials&client_id=…&client_secret=…) get one of this moment.
  --timeout N      Seconds for everything. 60 by default.
  --help           Print this text.`;

/** An argument is not what it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface CommandLine {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string | undefined;
  readonly tokenRequest: TokenRequest | undefined;
  readonly timeoutSeconds: number;
}

/** What was asked for; undefined for help. Throws a UsageError for an argument that is missing, unknown or wrong. */
export function readCommandLine(args: readonly string[], environment: NodeJS.ProcessEnv): CommandLine | undefined {
  const { help, url, token, timeout } = parse(args);

  if (help) {
    return undefined;
  }
  return {
    url: baseUrl(url ?? localUrl(environment)),
    token: given(token) ?? given(environment.SMOKE_TOKEN),
    tokenRequest: tokenRequest(environment),
    timeoutSeconds: seconds(timeout),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        token: { type: 'string' },
        timeout: { type: 'string', default: '60' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);

    throw new UsageError(`${sentence}. See npm run smoke -- --help.`, { cause: error });
  }
}

/** A CI variable that is not set arrives as an empty one. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function tokenRequest({ SMOKE_TOKEN_URL, SMOKE_TOKEN_FORM }: NodeJS.ProcessEnv): TokenRequest | undefined {
  const [url, form] = [given(SMOKE_TOKEN_URL), given(SMOKE_TOKEN_FORM)];

  if (url !== undefined && form !== undefined) {
    return { url, form };
  }
  if (url !== form) {
    throw new UsageError('SMOKE_TOKEN_URL and SMOKE_TOKEN_FORM: expected both or none. See npm run smoke -- --help.');
  }
  return undefined;
}

function localUrl(environment: NodeJS.ProcessEnv): string {
  try {
    const { api } = runningCloud(process.cwd(), environment);

    if (api !== undefined) {
      return api;
    }
    throw new Error('The local cloud that runs here has no API.');
  } catch (error) {
    const { message } = error as Error;

    throw new UsageError(`--url is missing: expected the base URL of an API. ${message} See npm run smoke -- --help.`, {
      cause: error,
    });
  }
}

function baseUrl(value: string): string {
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new UsageError(`--url: expected an http or https URL, got "${value}".`);
  }
  return value.replace(/\/+$/, '');
}

function seconds(value: string): number {
  if (!/^0*[1-9]\d{0,3}$/.test(value)) {
    throw new UsageError(`--timeout: expected a whole number of seconds from 1 to 9999, got "${value}".`);
  }
  return Number(value);
}
