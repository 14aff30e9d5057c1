import type { Uuid } from '../events/event';

/** Plain data that DynamoDB can keep: no class instances, no sets. */
export type AggregateState = Readonly<Record<string, unknown>>;

/** What an aggregate was at a version: a shortcut to it, which the log can do without. */
export interface Snapshot {
  readonly id: Uuid;
  readonly version: number;
  /** `org/bank/account` */
  readonly aggregateType: string;
  /** The aggregate class's own, when the snapshot was made. */
  readonly stateVersion: number;
  readonly state: AggregateState;
}
