import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

import { OutcomeUnknownError } from '../../event-store/errors/outcome-unknown.error';
import { UnknownEventError } from '../../event-store/errors/unknown-event.error';
import { OutOfTimeError } from '../../shared-kernel/errors/out-of-time.error';
import { withTimeLimit } from '../../shared-kernel/time/time-limit';
import { type Clock, deadlineOf } from '../aws/deadline';
import { logger } from '../logging/logger';
import { actorOf } from './actor';
import type { HttpAnswer } from './answer';
import { correlationIdOf } from './correlation-id';
import { problem } from './problem';

/** A Lambda function behind API Gateway. Without a clock, as in a test, it has all the time that there is. */
export type HttpHandler = (event: APIGatewayProxyEvent, clock?: Clock) => Promise<APIGatewayProxyResult>;

/** What a controller knows of a request beside the request itself. */
interface Circumstances {
  readonly correlationId: string;
  /** In milliseconds since 1970: then the client gets its answer, whatever is done by then. */
  readonly deadline: number;
}

const HEADERS = {
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag,X-Next-Cursor,X-Correlation-Id,Retry-After,WWW-Authenticate',
};

/** The shape of all controllers: answer in time; every error becomes a problem body, and every request a log line. */
export function controller(
  answer: (event: APIGatewayProxyEvent, circumstances: Circumstances) => Promise<HttpAnswer>,
): HttpHandler {
  return async (event, clock) => {
    const correlationId = correlationIdOf(event);
    const actor = actorOf(event);
    const deadline = clock ? deadlineOf(clock) : Infinity;
    const answered = withTimeLimit(deadline, (time) => time.within(() => answer(event, { correlationId, deadline })));
    const { statusCode, headers, body } = await answered.catch((error: unknown) => {
      const failure = problem(error);

      if (isOurs(error, failure)) {
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

/**
 * Whether somebody has to look at it. The message of a caller's mistake may name a person. So the log has only its code, in the line of
 * the answer, and so it is for what passes by itself.
 */
function isOurs(error: unknown, { statusCode }: HttpAnswer): boolean {
  return statusCode === 500 || error instanceof OutOfTimeError || error instanceof OutcomeUnknownError;
}
