import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

import { UnknownEventError } from '../../event-store/errors/unknown-event.error';
import { logger } from '../logging/logger';
import { actorOf } from './actor';
import type { HttpAnswer } from './answer';
import { correlationIdOf } from './correlation-id';
import { problem } from './problem';

/** A Lambda function behind API Gateway. */
export type HttpHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

const HEADERS = {
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag,X-Next-Cursor,X-Correlation-Id,Retry-After,WWW-Authenticate',
};

/** The shape of all controllers: answer; every error becomes a problem body, and every request a log line. */
export function controller(
  answer: (event: APIGatewayProxyEvent, correlationId: string) => Promise<HttpAnswer>,
): HttpHandler {
  return async (event) => {
    const correlationId = correlationIdOf(event);
    const actor = actorOf(event);
    const { statusCode, headers, body } = await answer(event, correlationId).catch((error: unknown) => {
      const failure = problem(error);

      // The message of a caller's mistake may name a person. So the log has only its code, in the line of the answer below, and so
      // it is for what passes by itself.
      if (failure.statusCode === 500) {
        logger.error('Request failed.', { correlationId, actor, error: error as Error });
      }
      // It names events and aggregates, which whoever releases the next version has to know.
      if (error instanceof UnknownEventError) {
        logger.warn('Another release is needed.', { correlationId, actor, reason: error.message });
      }
      return failure;
    });

    logger.info('Request answered.', {
      correlationId,
      actor,
      route: `${event.httpMethod} ${event.resource}`,
      status: statusCode,
      code: (body as { code?: string } | undefined)?.code,
    });
    return {
      statusCode,
      headers: { ...HEADERS, 'X-Correlation-Id': correlationId, ...headers },
      body: body === undefined ? '' : JSON.stringify(body),
    };
  };
}
