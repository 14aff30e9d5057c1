import type { Uuid } from '../events/event';
import type { Page, PageRequest } from './page';

/** The attributes that make up a row's key. */
export type RowKey = Readonly<Record<string, Uuid>>;

/** One row written or removed. */
export type RowChange = { readonly put: Readonly<Record<string, unknown>> } | { readonly remove: RowKey };

/** Where a handler stands in the events of one aggregate. */
export interface Checkpoint {
  readonly handler: string;
  readonly id: Uuid;
}

/** Rows made by a handler that follows aggregates of another type: several for each, with the checkpoint in a table beside them. */
export interface MultiStreamProjectionRepository<TRow> {
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

  /** A row as last written. */
  get(key: RowKey): Promise<TRow | undefined>;

  /** The key of every row: reads all of them, which only an operator may want. */
  keys(): AsyncIterable<RowKey>;

  /** The key of the row that a change is about. */
  keyOf(change: RowChange): RowKey;

  /** The aggregate whose events make the row with this key. */
  aggregateOf(key: RowKey): Uuid;

  /**
   * Removes rows and then, with the last of them, a checkpoint: as if no event of its aggregate had come.
   *
   * @throws ConcurrencyError when the checkpoint is not `from` any more: there may be other rows by now
   */
  clear(keys: readonly RowKey[], checkpoint: Checkpoint & { readonly from: number }): Promise<void>;
}
