import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** Of a number that JavaScript does not have, the SDK would make a BigInt, which is no JSON, or an error: take the nearest one. */
export const UNMARSHALLING = Object.freeze({ wrapNumbers: Number });

/** An item as a plain object. Others may have written it: it may be anything. */
export function plainItem(item: Record<string, AttributeValue> = {}): Record<string, unknown> {
  return unmarshall(item, UNMARSHALLING);
}
