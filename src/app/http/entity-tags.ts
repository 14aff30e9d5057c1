import type { APIGatewayProxyEvent } from 'aws-lambda';

import { MalformedRequestError } from './errors/malformed-request.error';
import { listHeaderOf } from './header';

/** A validator as a client sends it: ours, of whatever version, or somebody else's. */
interface EntityTag {
  readonly isWeak: boolean;
  /** What is between the quotes. */
  readonly opaque: string;
}

/** What `If-Match` and `If-None-Match` hold: every tag of what exists, or these. */
export type EntityTags = '*' | readonly EntityTag[];

/** `entity-tag` of RFC 9110, section 8.8.3. Bytes above ASCII may have become any character on their way here. */
const TAG = String.raw`(W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"`;
const ELEMENT = String.raw`[ \t]*(?:${TAG}[ \t]*)?`;
/** `#entity-tag`: a list may have empty elements, and be empty (section 5.6.1.2). */
const LIST = new RegExp(`^${ELEMENT}(?:,${ELEMENT})*$`);

/**
 * The tags in a header such as `If-Match` (RFC 9110, section 13.1.1); `undefined` where there is no such header.
 *
 * @throws MalformedRequestError for what is neither `*` nor a list of tags
 */
export function entityTagsOf(
  event: APIGatewayProxyEvent,
  header: 'If-Match' | 'If-None-Match',
): EntityTags | undefined {
  const given = listHeaderOf(event, header.toLowerCase())?.trim();

  if (given === undefined || given === '*') {
    return given;
  }
  if (!LIST.test(given)) {
    throw new MalformedRequestError(
      `Expected ${header} to be ETags of answers, as "3" in quotes with commas between them, or *, and got ${given}.`,
    );
  }
  return [...given.matchAll(new RegExp(TAG, 'g'))].map(([, weak, opaque = '']) => ({ isWeak: Boolean(weak), opaque }));
}

/** The `ETag` of a version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * Strong comparison, as for `If-Match`: a weak tag is no version's (RFC 9110, section 8.8.3.2).
 *
 * @param version 0: there is nothing that `*` could stand for
 */
export function matchesStrongly(tags: EntityTags, version: number): boolean {
  return tags === '*' ? version > 0 : tags.some(({ isWeak, opaque }) => !isWeak && opaque === String(version));
}

/** Weak comparison, as for `If-None-Match`: a tag is its version's, weak or not. `version` as for `matchesStrongly`. */
export function matchesWeakly(tags: EntityTags, version: number): boolean {
  return tags === '*' ? version > 0 : tags.some(({ opaque }) => opaque === String(version));
}
