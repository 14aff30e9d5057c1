import type { APIGatewayProxyEvent } from 'aws-lambda';

const HEADER = 'x-correlation-id';
// What is harmless in a header, a log line and a stored event.
const ACCEPTED = /^[\w.:/-]{1,128}$/;

/** The caller's `X-Correlation-Id`, where it is usable; else the request's own id. */
export function correlationIdOf({ headers, requestContext }: APIGatewayProxyEvent): string {
  const [, given = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === HEADER) ?? [];

  return ACCEPTED.test(given) ? given : requestContext.requestId;
}
