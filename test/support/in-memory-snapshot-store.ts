import type { Snapshot } from '../../src/event-store/snapshots/snapshot';
import type { SnapshotStore } from '../../src/event-store/snapshots/snapshot-store';

/** The contract of snapshots without a database. */
export class InMemorySnapshotStore implements SnapshotStore {
  readonly snapshots = new Map<string, Snapshot>();

  find(id: string): Promise<Snapshot | undefined> {
    return Promise.resolve(this.snapshots.get(id));
  }

  save(snapshot: Snapshot): Promise<void> {
    const existing = this.snapshots.get(snapshot.id);

    if (!existing || existing.version < snapshot.version || existing.stateVersion !== snapshot.stateVersion) {
      this.snapshots.set(snapshot.id, snapshot);
    }
    return Promise.resolve();
  }
}
