import { createHash } from 'node:crypto';

import type { APIGatewayProxyEvent } from 'aws-lambda';

import type { Idempotency } from '../../event-store/commands/command-context';
import { actorOf } from './actor';
import { MalformedRequestError } from './errors/malformed-request.error';
import { headerOf } from './header';

// Visible ASCII; most often it is a UUID.
const ACCEPTED = /^[\x21-\x7e]{1,255}$/;

/**
 * What the header `Idempotency-Key` asks for: that a request sent again takes effect once. The same request has the same
 * method, path and body, to the byte.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 * @throws MalformedRequestError for a key that is no such text
 */
export function idempotencyOf(event: APIGatewayProxyEvent): Idempotency | undefined {
  const given = headerOf(event, 'idempotency-key')?.trim();

  if (given === undefined) {
    return undefined;
  }
  if (!ACCEPTED.test(given)) {
    throw new MalformedRequestError(
      'Expected the Idempotency-Key to be 1 to 255 visible ASCII characters, as in a UUID.',
    );
  }
  // As JSON, since an actor or a key may hold any separator. Where the API is open, all callers count as one.
  return {
    key: JSON.stringify([`${event.httpMethod} ${event.resource}`, actorOf(event) ?? null, given]),
    fingerprint: createHash('sha256')
      .update(JSON.stringify([parametersOf(event), event.body, event.isBase64Encoded]))
      .digest('base64url'),
  };
}

/** The path's parameters, sorted: API Gateway promises no order. */
function parametersOf({ pathParameters }: APIGatewayProxyEvent): [string, unknown][] {
  return Object.entries(pathParameters ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
}
