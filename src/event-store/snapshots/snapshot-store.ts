import type { Uuid } from '../events/event';
import type { Snapshot } from './snapshot';

/** At most one snapshot for each aggregate. */
export interface SnapshotStore {
  /** An aggregate's snapshot, maybe not the newest; `undefined` where there is none, or where it cannot be read just now. */
  find(id: Uuid): Promise<Snapshot | undefined>;

  /** Keeps a snapshot, unless a newer one of the same state version is there. */
  save(snapshot: Snapshot): Promise<void>;
}
