import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { FunctionError } from '../lambda/function-error.ts';
import type { FunctionPool } from '../lambda/function-pool.ts';
import { possibleWrite } from '../lambda/possible-write.ts';
import type { ApiModel, AuthorizerModel } from '../model.ts';
import { Authorization } from './authorization.ts';
import { gatewayAnswer } from './gateway-answer.ts';
import { GatewayError } from './gateway-error.ts';
import type { HttpAnswer } from './http-answer.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { proxyEvent } from './proxy-event.ts';
import { readBody } from './request-body.ts';
import { requestContext, type RequestContext } from './request-context.ts';
import { parseTarget } from './request-target.ts';
import { Resources } from './resources.ts';

/** API Gateway's limit for an integration. */
const INTEGRATION_MILLISECONDS = 29_000;

/** HTTP says that they do not write: https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** A REST API with Lambda proxy integrations. */
export class ApiGateway {
  readonly #api: ApiModel;
  readonly #pools: ReadonlyMap<string, FunctionPool>;
  readonly #resources: Resources;
  readonly #authorization: Authorization;
  readonly #integrationMilliseconds: number;

  constructor(
    api: ApiModel,
    pools: ReadonlyMap<string, FunctionPool>,
    integrationMilliseconds = INTEGRATION_MILLISECONDS,
  ) {
    this.#api = api;
    this.#pools = pools;
    this.#resources = new Resources(api.routes);
    this.#authorization = new Authorization(pools);
    this.#integrationMilliseconds = integrationMilliseconds;
  }

  /** Answers every request: where it cannot be served, with one of the API's gateway responses. */
  async answer(request: IncomingMessage): Promise<HttpAnswer> {
    const context = requestContext(request, this.#api.stage);
    const answer = await this.#serve(request, context).catch((error: unknown) => {
      if (!(error instanceof GatewayError)) throw error;
      if (typeof error.cause === 'string')
        console.error(`${request.method ?? ''} ${request.url ?? ''}: ${error.cause}`);
      return gatewayAnswer(error, this.#api, context);
    });
    const ids = { 'x-amzn-RequestId': context.requestId, 'x-amz-apigw-id': context.extendedRequestId ?? '' };
    return { ...answer, headers: { ...answer.headers, ...ids } };
  }

  async #serve(request: IncomingMessage, context: Omit<RequestContext, 'resourcePath'>): Promise<HttpAnswer> {
    const { httpMethod } = context;
    const target = parseTarget(request.url);
    const resource = this.#resources.find(target.path);
    // AWS: a path without a method could be one of its own signed calls.
    if (resource === undefined) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN');
    const { pathParameters, routes } = resource;
    const eventFor = (path: string) => proxyEvent({ request, target, path, pathParameters, context });
    if (httpMethod === 'OPTIONS' && this.#api.corsHeaders && !routes.has('OPTIONS')) {
      await this.#authorize(this.#api.preflightAuthorizer, eventFor(resource.path));
      return preflightAnswer(this.#api.corsHeaders);
    }
    const route = routes.get(httpMethod) ?? routes.get('ANY');
    if (route === undefined) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN');
    const event = await this.#authorize(route.authorizer, eventFor(route.path));
    return proxyAnswer(await this.#invoke(route.functionId, { ...event, body: await readBody(request) }));
  }

  /** The event, with what the authorizer has said. */
  async #authorize(
    authorizer: AuthorizerModel | undefined,
    event: APIGatewayProxyEvent,
  ): Promise<APIGatewayProxyEvent> {
    if (authorizer === undefined) return event;
    const said = await this.#authorization.authorize(authorizer, event);
    return { ...event, requestContext: { ...event.requestContext, authorizer: said } };
  }

  async #invoke(functionId: string, event: APIGatewayProxyEvent): Promise<unknown> {
    const pool = this.#pools.get(functionId);
    if (pool === undefined)
      throw new GatewayError('API_CONFIGURATION_ERROR', { cause: `there is no function ${functionId}` });
    const answered = new AbortController();
    const timeout = sleep(this.#integrationMilliseconds, undefined, { signal: answered.signal }).then(() => {
      throw new GatewayError('INTEGRATION_TIMEOUT');
    });
    try {
      return await Promise.race([pool.invoke(event), timeout]);
    } catch (error) {
      throw error instanceof FunctionError ? integrationError(error) : error;
    } finally {
      answered.abort();
      if (!SAFE_METHODS.includes(event.httpMethod)) possibleWrite.publish(event.requestContext.requestId);
    }
  }
}

/** The answer of the mock integration that SAM adds for `Cors`. */
function preflightAnswer(corsHeaders: Readonly<Record<string, string>>): HttpAnswer {
  return { statusCode: 200, headers: { 'Content-Type': 'application/json', ...corsHeaders }, body: '{}\n' };
}

/** A function that timed out is no INTEGRATION_TIMEOUT: it has answered in time, with an error. */
function integrationError(error: FunctionError): GatewayError {
  const tooLarge = error.payload.errorType === 'RequestTooLargeException';
  return new GatewayError(tooLarge ? 'REQUEST_TOO_LARGE' : 'API_CONFIGURATION_ERROR', { cause: error });
}
