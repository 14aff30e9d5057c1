import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { type ClassConstructor, plainToInstance } from 'class-transformer';

import type { CommandContext } from '../../event-store/commands/command-context';
import { logger } from '../logging/logger';
import { assertValid } from '../validation/assert-valid';
import type { HttpAnswer } from './answer';
import { correlationIdOf } from './correlation-id';
import { expectedVersionOf } from './expected-version';
import { problem } from './problem';
import type { RequestPart } from './request';

/** A Lambda function behind API Gateway. */
export type HttpHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** One route: what it takes from the request, and what it does with it. */
export interface Route<TDto extends object> {
  readonly dto: ClassConstructor<TDto>;
  /** Parts of the request that make the DTO; a later one wins. */
  readonly from: readonly RequestPart[];
  readonly act: (dto: TDto, context: CommandContext) => Promise<HttpAnswer>;
}

const HEADERS = {
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag,X-Next-Cursor,X-Correlation-Id',
};

/** The shape of all controllers: parse, validate, act, answer; every error becomes a problem body, and every request a log line. */
export function controller<TDto extends object>(route: Route<TDto>): HttpHandler {
  return async (event) => {
    const correlationId = correlationIdOf(event);
    const answer = await answerTo(route, event, correlationId).catch((error: unknown) => {
      const failure = problem(error);

      // What a caller got wrong may name a person: the log has the code alone, which the answer's line carries.
      if (failure.statusCode >= 500) {
        logger.error('Request failed.', { correlationId, error: error as Error });
      }
      return failure;
    });

    logger.info('Request answered.', {
      correlationId,
      route: `${event.httpMethod} ${event.resource}`,
      status: answer.statusCode,
      code: (answer.body as { code?: string }).code,
    });
    return {
      statusCode: answer.statusCode,
      headers: { ...HEADERS, 'X-Correlation-Id': correlationId, ...answer.headers },
      body: JSON.stringify(answer.body),
    };
  };
}

async function answerTo<TDto extends object>(
  { dto, from, act }: Route<TDto>,
  event: APIGatewayProxyEvent,
  correlationId: string,
): Promise<HttpAnswer> {
  const context = {
    commandId: event.requestContext.requestId,
    correlationId,
    expectedVersion: expectedVersionOf(event),
  };
  const values = plainToInstance(dto, Object.assign({}, ...from.map((part) => part(event))) as object);

  assertValid(values);
  return act(values, context);
}
