import type { APIGatewayProxyEvent } from 'aws-lambda';

import type { VersionCondition } from '../../event-store/commands/command-context';
import type { HttpAnswer } from './answer';
import { entityTag, entityTagsOf, matchesStrongly, matchesWeakly } from './entity-tags';
import { PreconditionFailedError } from './errors/precondition-failed.error';

/**
 * What `If-Match` and `If-None-Match` ask of a command's aggregate (RFC 9110, section 13.1); `undefined` where they ask nothing.
 *
 * @throws MalformedRequestError for a header that is not of its form
 */
export function versionConditionOf(event: APIGatewayProxyEvent): VersionCondition | undefined {
  const ifMatch = entityTagsOf(event, 'If-Match');
  const ifNoneMatch = entityTagsOf(event, 'If-None-Match');

  if (!ifMatch && !ifNoneMatch) {
    return undefined;
  }
  return {
    isMet: (version) =>
      (!ifMatch || matchesStrongly(ifMatch, version)) && !(ifNoneMatch && matchesWeakly(ifNoneMatch, version)),
  };
}

/**
 * An answer as the client's conditions allow it: `If-Match` first, then `If-None-Match` (RFC 9110, section 13.2.2). An answer
 * without a version has no tag to compare: it stays as it is.
 *
 * @returns 304 without a body where the client has this version
 * @throws PreconditionFailedError where `If-Match` names others
 * @throws MalformedRequestError for a header that is not of its form
 */
export function underConditions(event: APIGatewayProxyEvent, answer: HttpAnswer): HttpAnswer {
  const { version, headers } = answer;

  if (version === undefined) {
    return answer;
  }
  const ifMatch = entityTagsOf(event, 'If-Match');
  const ifNoneMatch = entityTagsOf(event, 'If-None-Match');

  if (ifMatch && !matchesStrongly(ifMatch, version)) {
    throw new PreconditionFailedError(
      `Expected If-Match to have the ETag of what is there, ${entityTag(version)}. Read it again, then decide.`,
    );
  }
  return ifNoneMatch && matchesWeakly(ifNoneMatch, version) ? { statusCode: 304, headers, body: undefined } : answer;
}
