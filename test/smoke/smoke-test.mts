import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import type { Answer, Request, Stage } from './stage.mts';

// Milliseconds. A query that waits for a version answers 503 after five seconds: it is asked again.
const ASK_AGAIN_AFTER = 250;
/** Milliseconds for the end, which comes after the deadline where the test has failed by that. */
const CLEANING_UP = 10_000;
const PROBLEM = 'application/problem+json';

/** A stage did not answer as it should. */
export class SmokeError extends Error {
  override readonly name = 'SmokeError';
}

interface Expected {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

type Exchange = readonly [method: string, path: string, request?: Request];

/** One user's way through a stage. Nothing of it stays but a disabled user under a random id. */
export class SmokeTest {
  private readonly id = randomUUID();
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
    try {
      await this.commandsAndQuery();
    } catch (error) {
      // What is reported is the first failure; the user may not even be there.
      await this.disable(AbortSignal.timeout(CLEANING_UP)).catch(() => undefined);
      throw error;
    }
    await this.disable(this.deadline);
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
    const { id } = this;
    const email = `smoke-${id}@example.com`;
    const name = { firstName: 'Smoke', lastName: 'Test' };

    await this.check('a user is registered', ['POST', '/users', { body: { id, email } }], accepted(id, 1));
    await this.check('it is updated', ['PUT', `/users/${id}`, { body: name }], accepted(id, 2));
    await this.check('the query shows both', ['GET', `/users/${id}?atLeast=2`], {
      status: 200,
      body: { id, email, ...name, version: 2, disabled: false },
    });
  }

  private async disable(signal: AbortSignal): Promise<void> {
    await this.check('the user is disabled', ['PUT', `/users/${this.id}/disable`], accepted(this.id, 3), signal);
  }

  private async check(what: string, exchange: Exchange, expected: Expected, signal = this.deadline): Promise<void> {
    const began = performance.now();
    const answer = await this.answerTo(exchange, signal).catch((error: unknown) => {
      throw new SmokeError(`${what}: expected ${describe(expected)}, got ${this.reason(error)}.`, { cause: error });
    });

    if (!meets(answer, expected)) {
      throw new SmokeError(
        `${what}: expected ${describe(expected)}, got ${answer.status} ${answer.contentType} ${answer.text}${this.hint(answer)}`,
      );
    }
    this.log(`ok    ${what}: ${answer.status} in ${Math.round(performance.now() - began)} ms`);
  }

  /** The first answer that is no `503`, or the last one before the signal. */
  private async answerTo([method, path, request]: Exchange, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      const answer = await this.stage.send(method, path, signal, request);

      if (answer.status !== 503) {
        return answer;
      }
      await sleep(ASK_AGAIN_AFTER);
      if (signal.aborted) {
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

function accepted(id: string, version: number): Expected {
  return { status: 202, body: { id, version } };
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
