import type { Uuid } from '../events/event';

/** Says that a value belongs to one aggregate of a set: validation that no aggregate can do by itself. */
export interface UniqueClaim {
  /** `bank/account#number:4711` */
  readonly key: string;
  readonly owner: Uuid;
}

/**
 * Claims a value for an aggregate. Values that Unicode considers equal are the same value.
 *
 * @param set in which no other may have the value: `bank/account#number`
 */
export function uniqueClaim(set: string, value: string, owner: Uuid): UniqueClaim {
  return { key: `${set}:${value.normalize('NFC')}`, owner };
}
