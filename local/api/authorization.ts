import type { APIGatewayProxyEvent } from 'aws-lambda';

import { FunctionError } from '../lambda/function-error.ts';
import type { FunctionPool } from '../lambda/function-pool.ts';
import type { AuthorizerModel } from '../model.ts';
import { allows, type AuthorizerAnswer, readAuthorizerAnswer } from './authorizer-answer.ts';
import { GatewayError } from './gateway-error.ts';

/** What a function is told of the authorizer's answer, as `requestContext.authorizer`. */
export type AuthorizerContext = Readonly<Record<string, string | number>>;

/** With this message of an authorizer the answer is 401, with any other 500. */
const UNAUTHORIZED = 'Unauthorized';

interface Kept {
  readonly answer: AuthorizerAnswer;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Asks Lambda authorizers, as API Gateway does before it reads a request's body. */
export class Authorization {
  readonly #pools: ReadonlyMap<string, FunctionPool>;
  readonly #kept = new Map<string, Kept>();

  constructor(pools: ReadonlyMap<string, FunctionPool>) {
    this.#pools = pools;
  }

  /**
   * Lets a request through; `event` is what its function would get.
   * Throws UNAUTHORIZED, ACCESS_DENIED or AUTHORIZER_CONFIGURATION_ERROR.
   */
  async authorize(authorizer: AuthorizerModel, event: APIGatewayProxyEvent): Promise<AuthorizerContext> {
    const identity = authorizer.identityHeaders.map((name) => headerOf(event, name));
    const token = identity[0] ?? '';
    if (identity.includes('') || authorizer.validation?.test(token) === false) throw new GatewayError('UNAUTHORIZED');
    const started = performance.now();
    const answer = await this.#answer(authorizer, identity, event);
    if (!allows(answer, methodArn(event, this.#pool(authorizer)))) throw new GatewayError('ACCESS_DENIED');
    const integrationLatency = Math.round(performance.now() - started);
    return { ...answer.context, principalId: answer.principalId, integrationLatency };
  }

  async #answer(
    authorizer: AuthorizerModel,
    identity: readonly string[],
    event: APIGatewayProxyEvent,
  ): Promise<AuthorizerAnswer> {
    const key = JSON.stringify([authorizer.functionId, identity]);
    const kept = this.#kept.get(key);
    if (kept !== undefined && Date.now() < kept.until) return kept.answer;
    const answer = await this.#ask(authorizer, event);
    if (authorizer.cacheSeconds > 0)
      this.#kept.set(key, { answer, until: Date.now() + authorizer.cacheSeconds * 1000 });
    return answer;
  }

  async #ask(authorizer: AuthorizerModel, event: APIGatewayProxyEvent): Promise<AuthorizerAnswer> {
    const pool = this.#pool(authorizer);
    try {
      return readAuthorizerAnswer(await pool.invoke(authorizerEvent(authorizer, event, pool)));
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const isRefusal = error.payload.errorMessage === UNAUTHORIZED;
      throw new GatewayError(isRefusal ? 'UNAUTHORIZED' : 'AUTHORIZER_CONFIGURATION_ERROR', { cause: error });
    }
  }

  #pool({ functionId }: AuthorizerModel): FunctionPool {
    const pool = this.#pools.get(functionId);
    if (pool) return pool;
    throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', { cause: `there is no function ${functionId}` });
  }
}

/** By "Input to an API Gateway Lambda authorizer" in API Gateway's guide: there is no body, and where there is nothing, a map is empty and not null. */
function authorizerEvent({ type, identityHeaders }: AuthorizerModel, event: APIGatewayProxyEvent, pool: FunctionPool) {
  const common = { type, methodArn: methodArn(event, pool) };
  if (type === 'TOKEN') return { ...common, authorizationToken: headerOf(event, identityHeaders[0] ?? '') };
  return {
    ...common,
    ...event,
    body: undefined,
    isBase64Encoded: undefined,
    pathParameters: event.pathParameters ?? {},
    queryStringParameters: event.queryStringParameters ?? {},
    multiValueQueryStringParameters: event.multiValueQueryStringParameters ?? {},
    stageVariables: {},
  };
}

function methodArn({ requestContext: { apiId, stage }, httpMethod, path }: APIGatewayProxyEvent, pool: FunctionPool) {
  const [, , , region, account] = pool.functionArn.split(':');
  return `arn:aws:execute-api:${region}:${account}:${apiId}/${stage}/${httpMethod}${path}`;
}

/** Empty where there is none. */
function headerOf({ headers }: APIGatewayProxyEvent, name: string): string {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}
