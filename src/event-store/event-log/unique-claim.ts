import type { EventType, Uuid } from '../events/event';
import { scopeOf } from '../events/event-name';

/** Says that a value belongs to one aggregate of a set: validation that no aggregate can do by itself. */
export interface UniqueClaim {
  /** `iam/user#email:user@domain.com` */
  readonly constraint: string;
  readonly owner: Uuid;
}

/**
 * Claims a value for an aggregate among all whose events share the event's scope.
 * Values that Unicode considers equal are the same value.
 */
export function uniqueClaim(event: EventType, property: string, value: string, owner: Uuid): UniqueClaim {
  const [, ...scope] = scopeOf(event.$name).split('/');

  return { constraint: `${scope.join('/')}#${property}:${value.normalize('NFC')}`, owner };
}
