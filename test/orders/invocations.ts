import type { ActorName } from './actors';
import { type Extent, extentsOf, itemsOf, put, replaceFirst } from './channels';
import { withLanes } from './queues';
import type { Channel, Item, Running, State } from './state';

/** How a function is invoked with what waits for it. */
export interface Mapping {
  readonly actors: readonly ActorName[];
  readonly from: Channel;
  /** A stream goes on behind what was done, in order; a queue gives out again each message that is not deleted. */
  readonly kind: 'stream' | 'queue';
  /** Receives after which a message is a dead letter. The template says 5; in a small world everything happens sooner. */
  readonly receives?: number;
}

export const MAPPINGS: readonly Mapping[] = [
  { actors: ['adaptor'], from: 'log', kind: 'stream' },
  { actors: ['broker'], from: 'stream', kind: 'stream' },
  { actors: ['retry'], from: 'retries', kind: 'queue' },
  { actors: ['processor', 'old processor'], from: 'queue', kind: 'queue', receives: 2 },
];

export function mappingOf(actor: ActorName): Mapping | undefined {
  return MAPPINGS.find(({ actors }) => actors.includes(actor));
}

/** What an invocation was given. */
export function batchOf(state: State, { from }: Mapping, taken: Extent): Item[] {
  return itemsOf(state.channels[from], taken).map(({ item }) => item);
}

/** Every batch that a function may be given now. A lane of which one invocation has something is closed to others. */
export function batchesFor(state: State, { from }: Mapping, most: number): Extent[] {
  const isFree = (lane: string) =>
    state.running.every(({ actor, late, taken }) => late || mappingOf(actor)?.from !== from || !(lane in taken));

  return extentsOf(state.channels[from], isFree, most);
}

/** The items are out again; of a queue, those that were received too often are dead letters. */
export function release(state: State, mapping: Mapping, taken: Extent, keep: (index: number) => boolean): State {
  const batch = itemsOf(state.channels[mapping.from], taken).map((each, index) => ({ ...each, index }));
  let lanes = state.channels[mapping.from];
  let { deadLetters } = state.channels;
  let disordered = state.disordered;

  for (const lane of Object.keys(taken)) {
    const left = batch
      .filter((each) => each.lane === lane && keep(each.index))
      .map(({ item }) => received(item, mapping));
    const dead = left.filter(({ receives }) => receives >= (mapping.receives ?? Infinity));

    lanes = replaceFirst(
      lanes,
      lane,
      taken[lane]!,
      left.filter((item) => !dead.includes(item)),
    );
    for (const item of dead) {
      deadLetters = put(deadLetters, lane, { ...item, receives: 0 });
      disordered = true;
    }
  }
  return withLanes({ ...withLanes(state, mapping.from, lanes), disordered }, 'deadLetters', deadLetters);
}

function received(item: Item, { receives }: Mapping): Item {
  return receives === undefined ? item : { ...item, receives: item.receives + 1 };
}

/** The world after a function has answered. */
export function finish(state: State, { actor, taken, late }: Running, answer: unknown): State {
  const mapping = mappingOf(actor);

  if (!mapping || late) {
    return state;
  }
  const failed = failuresIn(answer);
  const isKept = (index: number) =>
    failed === 'all' ||
    (mapping.kind === 'queue' ? failed.includes(index) : failed.length > 0 && index >= Math.min(...failed));

  return release(state, mapping, taken, isKept);
}

/** Which of a batch have failed. */
export function failuresIn(answer: unknown): readonly number[] | 'all' {
  const { batchItemFailures } = (answer ?? {}) as { batchItemFailures?: readonly { itemIdentifier: string }[] };

  return batchItemFailures?.map(({ itemIdentifier }) => Number(itemIdentifier)) ?? 'all';
}
