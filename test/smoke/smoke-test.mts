import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import type { Answer, Request, Stage } from './stage.mts';

// Milliseconds. A query that waits for a version answers 503 after five seconds: it is asked again.
const ASK_AGAIN_AFTER = 250;
const PROBLEM = 'application/problem+json';
/** Every run meets the same user again, so that a stage does not fill with those of its deployments. */
const USER = { id: '51c0e000-7e57-4000-8000-000000000001', email: 'smoke-test@example.com' };

/** A stage did not answer as it should. */
export class SmokeError extends Error {
  override readonly name = 'SmokeError';
}

interface Expected {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

type Exchange = readonly [method: string, path: string, request?: Request];

/** One user's way through a stage. The first run leaves that user, each further one an event of it. */
export class SmokeTest {
  private readonly stage: Stage;
  private readonly timeoutSeconds: number;
  private readonly log: (line: string) => void;
  private readonly deadline: AbortSignal;

  constructor(stage: Stage, timeoutSeconds: number, log: (line: string) => void) {
    this.stage = stage;
    this.timeoutSeconds = timeoutSeconds;
    this.log = log;
    this.deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  }

  /** Resolves when every check has passed; rejects with a SmokeError that names the first that has not. */
  async run(): Promise<void> {
    await this.refusals();
    await this.commandsAndQuery();
  }

  private async refusals(): Promise<void> {
    const unknown = `/users/${randomUUID()}`;

    if (this.stage.isClosed) {
      await this.check('a request without a token is refused', ['GET', unknown, { anonymous: true }], { status: 401 });
    }
    await this.check('an unknown user is a problem', ['GET', unknown], {
      status: 404,
      contentType: PROBLEM,
      body: { code: 'NotFound', status: 404 },
    });
  }

  private async commandsAndQuery(): Promise<void> {
    const { id } = USER;
    const name = { firstName: 'Smoke', lastName: `Test${randomUUID().replaceAll(/[^a-f]/g, '')}` }; // of letters alone
    const user = await this.check('a user is registered', ['POST', '/users', { body: USER }], accepted({ id }));
    const version = Number(user.version) + 1;

    await this.check('it is updated', ['PUT', `/users/${id}`, { body: name }], accepted({ id, version }));
    await this.check('the query shows both', ['GET', `/users/${id}?atLeast=${version}`], {
      status: 200,
      body: { ...USER, ...name, version, disabled: false },
    });
  }

  /** The answer's body. */
  private async check(what: string, exchange: Exchange, expected: Expected): Promise<Answer['body']> {
    const began = performance.now();
    const answer = await this.answerTo(exchange).catch((error: unknown) => {
      throw new SmokeError(`${what}: expected ${describe(expected)}, got ${this.reason(error)}.`, { cause: error });
    });

    if (!meets(answer, expected)) {
      throw new SmokeError(
        `${what}: expected ${describe(expected)}, got ${answer.status} ${answer.contentType} ${answer.text}${this.hint(answer)}`,
      );
    }
    this.log(`ok    ${what}: ${answer.status} in ${Math.round(performance.now() - began)} ms`);
    return answer.body;
  }

  /** The first answer that is no `503`, or the last one before the deadline. */
  private async answerTo([method, path, request]: Exchange): Promise<Answer> {
    for (;;) {
      const answer = await this.stage.send(method, path, this.deadline, request);

      if (answer.status !== 503) {
        return answer;
      }
      await sleep(ASK_AGAIN_AFTER);
      if (this.deadline.aborted) {
        return answer;
      }
    }
  }

  private hint({ status }: Answer): string {
    return status === 401 && !this.stage.isClosed ? ' The API asks for a token: set SMOKE_TOKEN.' : '';
  }

  private reason(error: unknown): string {
    if ((error as Error).name === 'TimeoutError') {
      return `no answer in time (${this.timeoutSeconds} s for everything)`;
    }
    const { message, cause } = error as Error;

    return cause instanceof Error ? `${message}: ${cause.message}` : message;
  }
}

function accepted(body: Expected['body']): Expected {
  return { status: 202, body };
}

function meets(answer: Answer, { status, contentType, body = {} }: Expected): boolean {
  return (
    answer.status === status &&
    (contentType === undefined || answer.contentType.startsWith(contentType)) &&
    Object.entries(body).every(([name, value]) => isDeepStrictEqual(answer.body[name], value))
  );
}

function describe({ status, contentType = '', body }: Expected): string {
  return [status, contentType, body && JSON.stringify(body)].filter(Boolean).join(' ');
}
