import { randomUUID } from 'node:crypto';

import type { DeliveryStreamModel } from '../model.ts';
import { formatTime } from './format-time.ts';
import { evaluatePrefix } from './prefix.ts';

/** Firehose counts its configurations; here each run has its first. */
const VERSION = 1;

/**
 * The key of a new object whose oldest record arrived at that moment: `<prefix><stream>-<version>-<time>-<uuid><extension>`
 * (https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html).
 */
export function objectKey(
  { name, prefix, extension }: Pick<DeliveryStreamModel, 'name' | 'prefix' | 'extension'>,
  moment: Date,
): string {
  const time = formatTime('yyyy-MM-dd-HH-mm-ss', moment);
  return `${evaluatePrefix(prefix, moment)}${name}-${VERSION}-${time}-${randomUUID()}${extension}`;
}
