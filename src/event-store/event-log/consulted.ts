import type { Uuid } from '../events/event';

/** An aggregate that a decision rests on and does not change, at the version that the decision saw. */
export interface Consulted {
  readonly id: Uuid;
  readonly version: number;
}
