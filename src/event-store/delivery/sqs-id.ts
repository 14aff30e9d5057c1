import { createHash } from 'node:crypto';

/** What SQS takes as a group or deduplication id. */
const ACCEPTED = /^[\x21-\x7e]{1,128}$/;

/** The text itself where SQS takes it as a group or deduplication id, else its hash. */
export function sqsId(text: string): string {
  return ACCEPTED.test(text) ? text : hashOf(text);
}

/** SHA-256 in hexadecimal digits: as good as the text to tell it from any other, and never too long. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
