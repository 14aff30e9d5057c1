import { headerOf, type WithHeaders } from './header';

// Characters that are harmless in a header, a log line and a stored event.
const ACCEPTED = /^[\w.:/-]{1,128}$/;

/** The caller's `X-Correlation-Id`, where it is usable; else the request's own id. */
export function correlationIdOf(event: IdentifiedRequest): string {
  const given = headerOf(event, 'x-correlation-id') ?? '';

  return ACCEPTED.test(given) ? given : event.requestContext.requestId;
}

interface IdentifiedRequest extends WithHeaders {
  readonly requestContext: { readonly requestId: string };
}
