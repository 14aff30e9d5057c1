import type { AggregateState } from '../aggregates/aggregate';
import type { Uuid } from '../events/event';

/** What an aggregate was at a version: a shortcut to it, which the log can do without. */
export interface Snapshot {
  readonly id: Uuid;
  readonly version: number;
  /** The aggregate type: `org/iam/user`. */
  readonly scope: string;
  /** The type's own, when the snapshot was made. */
  readonly stateVersion: number;
  readonly state: AggregateState;
}
