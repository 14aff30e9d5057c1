import type { APIGatewayProxyEvent } from 'aws-lambda';

import { MalformedRequestError } from './errors/malformed-request.error';
import { headerOf } from './header';

/** An ETag as our answers carry it: a version in quotes. */
const ETAG = /^"(0|[1-9]\d{0,14})"$/;

/**
 * The version that `If-Match` asks for (RFC 9110, section 13.1.1); `undefined` where any will do.
 *
 * @throws MalformedRequestError for anything but one ETag of ours, or `*`
 */
export function expectedVersionOf(event: APIGatewayProxyEvent): number | undefined {
  const given = headerOf(event, 'if-match')?.trim();

  if (given === undefined || given === '*') {
    return undefined;
  }
  const [, version] = ETAG.exec(given) ?? [];

  if (version === undefined) {
    throw new MalformedRequestError(
      `Expected If-Match to be the ETag of an answer, as "3" in quotes, and got ${given}.`,
    );
  }
  return Number(version);
}
