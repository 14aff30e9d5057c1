import { createHash } from 'node:crypto';

import type { APIGatewayProxyEvent } from 'aws-lambda';

import type { Idempotency } from '../../event-store/commands/command-context';
import { MalformedRequestError } from '../errors/malformed-request.error';
import { headerOf } from './header';

// Visible ASCII: a UUID, most often.
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
  // As JSON, since a subject or a key may hold any separator.
  return {
    key: JSON.stringify([`${event.httpMethod} ${event.resource}`, subjectOf(event), given]),
    fingerprint: createHash('sha256')
      .update(JSON.stringify([parametersOf(event), event.body, event.isBase64Encoded]))
      .digest('base64url'),
  };
}

/** In an order of their own: the API promises none. */
function parametersOf({ pathParameters }: APIGatewayProxyEvent): [string, unknown][] {
  return Object.entries(pathParameters ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Whom a Lambda authorizer, a Cognito user pool or IAM made out; all callers are one where there is none of them. */
function subjectOf({ requestContext }: APIGatewayProxyEvent): string | null {
  const { authorizer, identity } = requestContext as Caller;

  return authorizer?.principalId ?? authorizer?.claims?.sub ?? identity?.userArn ?? null;
}

interface Caller {
  readonly authorizer?: { readonly principalId?: string; readonly claims?: { readonly sub?: string } } | null;
  readonly identity?: { readonly userArn: string | null };
}
