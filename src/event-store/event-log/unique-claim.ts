import type { Uuid } from '../events/event';

/** Says that a value belongs to one aggregate of a set: validation that no aggregate can do by itself. */
export interface UniqueClaim {
  /** `iam/user#email:user@domain.com` */
  readonly key: string;
  readonly owner: Uuid;
}

/**
 * Claims a value for an aggregate. Values that Unicode considers equal are the same value.
 *
 * @param set in which no other may have the value: `iam/user#email`
 */
export function uniqueClaim(set: string, value: string, owner: Uuid): UniqueClaim {
  return { key: `${set}:${value.normalize('NFC')}`, owner };
}
