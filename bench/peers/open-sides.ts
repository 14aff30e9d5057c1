import { Castore } from './castore';
import { EventStoreAdapter } from './event-store-adapter';
import { Ours } from './ours';
import { stopStream } from './tables';

export interface Sides {
  readonly ours: Ours;
  readonly castore: Castore;
  readonly adapter: EventStoreAdapter;
}

/** The sides that keep aggregates, each with its tables. */
export async function openSides(): Promise<Sides> {
  const sides = { ours: new Ours(), castore: new Castore(), adapter: new EventStoreAdapter() };

  await Promise.all([
    sides.castore.createTable(),
    sides.adapter.createTables(),
    // In DynamoDB a stream costs the writer nothing; in the engine, each write the more, the more records the stream has.
    stopStream(sides.ours.client, 'EventLog'),
  ]);
  return sides;
}
