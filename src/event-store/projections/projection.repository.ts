import type { Uuid } from '../events/event';
import type { Filter, Page, PageRequest } from './page';
import type { Projection } from './projection';

/** Rows of one projection, one for each aggregate. */
export interface ProjectionRepository<TProjection extends Projection> {
  /** The row as last written. */
  get(id: Uuid): Promise<TProjection | undefined>;

  /** Rows in no order. A filtered request examines at most 10,000 rows: it may answer fewer than its limit, with a cursor. */
  list(request: PageRequest, filter?: Filter): Promise<Page<TProjection>>;

  /**
   * Writes the whole row.
   *
   * @param checkpoint the version that the row had when it was read; 0: there was none
   * @throws ConcurrencyError when it has another one by now
   */
  save(projection: TProjection, checkpoint: number): Promise<void>;

  /** Removes the row, and with it its checkpoint: as if no event of its aggregate had come. */
  remove(id: Uuid): Promise<void>;
}
