import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

import { UnauthorizedError } from './unauthorized.error';

/** The header's value by RFC 6750, section 2.1. The scheme's name may be in any case. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/**
 * The token of the one header `Authorization`. With two of them, whoever stands before this API may have checked the other one.
 *
 * @throws UnauthorizedError for no such header, several, or another scheme
 */
export function bearerTokenOf({ multiValueHeaders }: APIGatewayRequestAuthorizerEvent): string {
  const given = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values = []]) =>
    name.toLowerCase() === 'authorization' ? values : [],
  );
  const [, token] = BEARER.exec(given[0]?.trim() ?? '') ?? [];

  if (token === undefined || given.length > 1) {
    throw new UnauthorizedError(`Expected one header Authorization: Bearer <token>, and got ${contentOf(given)}.`);
  }
  return token;
}

function contentOf({ length }: readonly string[]): string {
  return length === 1 ? 'something else in it' : `${length} headers of that name`;
}
