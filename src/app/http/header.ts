import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A request's header, whatever the case of its name. */
export function headerOf(event: APIGatewayProxyEvent, name: string): string | undefined {
  // The console of API Gateway sends null for no headers.
  const headers = event.headers as APIGatewayProxyEvent['headers'] | null;

  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
