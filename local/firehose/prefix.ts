import { randomBytes } from 'node:crypto';

import { LocalCloudError } from '../local-cloud-error.ts';
import { formatTime } from './format-time.ts';

/** What Firehose puts in front of an object's name where the prefix names no time itself. */
const TIME = '!{timestamp:yyyy/MM/dd/HH/}';
const EXPRESSION = /!\{([^:}]*):?([^}]*)\}/g;
const RANDOM_CHARACTERS = 11;

/**
 * An S3 prefix of Firehose with its expressions evaluated for the moment at which the object's oldest record arrived, in UTC
 * (https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html). Throws a LocalCloudError for an expression that needs
 * what is not here.
 */
export function evaluatePrefix(prefix = '', moment: Date): string {
  const complete = prefix.includes('!{timestamp:') ? prefix : prefix + TIME;
  return complete.replaceAll(EXPRESSION, (expression, namespace: string, value: string) => {
    if (namespace === 'timestamp') return formatTime(value, moment);
    if (namespace === 'firehose' && value === 'random-string') return randomString();
    throw new LocalCloudError(
      `expected !{timestamp:…} or !{firehose:random-string} in "${prefix}", got ${expression}: take it out to run locally`,
    );
  });
}

function randomString(): string {
  return randomBytes(RANDOM_CHARACTERS).toString('base64url').slice(0, RANDOM_CHARACTERS);
}
