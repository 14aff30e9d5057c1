import type { APIGatewayProxyEvent } from 'aws-lambda';

const HEADER = 'x-correlation-id';
// What is harmless in a header, a log line and a stored event.
const ACCEPTED = /^[\w.:/-]{1,128}$/;

/** The caller's `X-Correlation-Id`, where it is usable; else the request's own id. */
export function correlationIdOf(event: APIGatewayProxyEvent): string {
  // The console of API Gateway sends null for no headers.
  const headers = event.headers as APIGatewayProxyEvent['headers'] | null;
  const [, given = ''] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === HEADER) ?? [];

  return ACCEPTED.test(given) ? given : event.requestContext.requestId;
}
