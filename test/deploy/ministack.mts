import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { howEnded } from '../../local/engines/child-processes.ts';
import { freePort } from '../../local/engines/free-port.ts';
import { poll } from '../../local/poll.ts';
import { withoutUserSettings } from '../../local/user-settings.ts';
import { DeployTestError, type Workplace } from './workplace.mts';

const HOST = '127.0.0.1';
export const REGION = 'us-east-1';
/** MiniStack's root user: it may do everything, as whoever deploys. The functions have their roles' rights alone. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

const SOON = { timeoutMilliseconds: 60_000, intervalMilliseconds: 200 };

const LINES_SHOWN = 10;

/** What a function or the emulator itself could not do. */
const FAILURES = /^.*(?:failed processing|is not authorized to perform|\b(?:ERROR|CRITICAL)\b|"level":"ERROR").*$/gm;

/** AWS on this machine, with IAM in force. */
export class MiniStack {
  readonly url: string;
  readonly #workplace: Workplace;

  private constructor(url: string, workplace: Workplace) {
    this.url = url;
    this.#workplace = workplace;
  }

  /** Starts it with a Python that has it, on a free port, and waits until it answers. */
  static async start(python: string, workplace: Workplace): Promise<MiniStack> {
    const port = await freePort(HOST);
    const ministack = new MiniStack(`http://${HOST}:${port}`, workplace);
    const child = workplace.start('ministack', [python, join(import.meta.dirname, 'start-ministack.py')], {
      ...withoutUserSettings(process.env),
      PYTHONUNBUFFERED: '1',
      AUTH: 'true',
      BIND_HOST: HOST,
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: HOST,
      MINISTACK_REGION: REGION,
      STATE_DIR: workplace.temporary,
      TMPDIR: workplace.temporary,
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    });
    const ended = howEnded(child).then((how) => {
      throw new DeployTestError(`MiniStack: ${how}\n${workplace.endOfLog('ministack')}`);
    });

    ended.catch(() => undefined);
    if (!(await Promise.race([poll(() => ministack.#isReady(), SOON), ended]))) {
      throw new DeployTestError(`MiniStack has not answered in a minute.\n${workplace.endOfLog('ministack')}`);
    }
    return ministack;
  }

  /** For commands that shall take it for AWS: whatever account this machine knows is out of their reach. */
  get environment(): NodeJS.ProcessEnv {
    return {
      ...withoutUserSettings(process.env),
      AWS_ENDPOINT_URL: this.url,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      SAM_CLI_TELEMETRY: '0',
    };
  }

  /** Where it serves what a stage's URL on AWS would. */
  urlOf(apiUrl: string): string {
    const { hostname, pathname } = new URL(apiUrl);

    return `${this.url}/restapis/${hostname.split('.')[0] ?? ''}${pathname}/_user_request_`;
  }

  /** The first lines of its log that tell of a function that failed, or that was refused something. */
  failures(): string[] {
    const lines = readFileSync(this.#workplace.logFile('ministack'), 'utf8').match(FAILURES) ?? [];

    return lines.slice(0, LINES_SHOWN);
  }

  async #isReady(): Promise<true | undefined> {
    const response = await fetch(`${this.url}/_ministack/health`).catch(() => undefined);

    return response?.ok ? true : undefined;
  }
}
