import type { Uuid } from '../events/event';
import type { Page, PageRequest } from './page';

/** One row written or removed. */
export type RowChange =
  { readonly put: Readonly<Record<string, unknown>> } | { readonly remove: Readonly<Record<string, string>> };

/** Where a handler stands in the events of one aggregate. */
export interface Checkpoint {
  readonly handler: string;
  readonly id: Uuid;
}

/** Rows made by a handler that follows aggregates of another type: several for each, with the checkpoint in a table beside them. */
export interface FollowedRows<TRow> {
  /** Version of the last event applied; 0: none. */
  checkpoint(checkpoint: Checkpoint): Promise<number>;

  /**
   * Writes an event's effect and moves the checkpoint, all or nothing. At most 99 changes: a transaction takes 100 items.
   *
   * @throws ConcurrencyError when the checkpoint is not `from` any more
   */
  save(changes: readonly RowChange[], move: Checkpoint & { readonly from: number; readonly to: number }): Promise<void>;

  /** Rows of one partition, in the order of their sort key. */
  list(partition: Uuid, request: PageRequest): Promise<Page<TRow>>;
}
