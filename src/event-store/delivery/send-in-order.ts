import { OutOfTimeError } from '../../shared-kernel/errors/out-of-time.error';
import type { TimeLimit } from '../../shared-kernel/time/time-limit';
import { type Refusal, refusalOf, type Refused } from './refusal';

/** How to send entries of one kind. */
export interface Sending<TEntry> {
  /** Entries of one group keep their order; different groups are independent. */
  readonly groupOf: (entry: TEntry) => string;
  /** Sends one batch and answers which of its entries were refused. An error is a refusal of all. */
  readonly send: (batch: readonly TEntry[]) => Promise<readonly Refused<TEntry>[]>;
  /** Brings refused entries to where they are not lost; answers those that it brought there. They hold back nobody. */
  readonly setAside: (refused: readonly Refused<TEntry>[]) => Promise<ReadonlySet<TEntry>>;
  /** What is not done by then counts as refused: it may have been sent all the same. */
  readonly time: TimeLimit;
  readonly maximumEntries: number;
  readonly maximumBytes: number;
  readonly bytesOf: (entry: TEntry) => number;
}

/** How long refused entries may be set aside, and how. */
export type SettingAside<TEntry> = Pick<Sending<TEntry>, 'setAside' | 'time'>;

/** What became of a batch. */
interface Outcome<TEntry> {
  readonly refused: readonly Refused<TEntry>[];
  /** Why the call itself failed: whatever is sent there next will as well. */
  readonly failure?: Refusal;
}

/**
 * Sends entries in batches so that none overtakes an earlier one of its group. A batch holds at most one entry of a group. The
 * group's next one goes out after that was accepted. A refused entry holds back its successors, unless it was set aside.
 *
 * @returns the entries that are neither sent nor set aside, or not in time
 */
export async function sendInOrder<TEntry>(
  entries: readonly TEntry[],
  sending: Sending<TEntry>,
): Promise<ReadonlySet<TEntry>> {
  const unsent = new Set<TEntry>();
  const heldBack = new Set<string>();
  let waiting = entries;

  while (waiting.length > 0) {
    const { batch, rest } = nextBatch(waiting, sending);
    const { refused, failure } = await attempt(batch, sending);
    const all = failure ? [...refused, ...rest.map((entry) => ({ entry, refusal: failure }))] : refused;

    for (const entry of await unlessAside(all, sending)) {
      unsent.add(entry);
      heldBack.add(sending.groupOf(entry));
    }
    const held = failure ? [] : rest.filter((entry) => heldBack.has(sending.groupOf(entry)));

    held.forEach((entry) => unsent.add(entry));
    waiting = failure ? [] : rest.filter((entry) => !unsent.has(entry));
  }
  return unsent;
}

/** Of refused entries, those that could not be set aside either, or not in time. */
export async function unlessAside<TEntry>(
  refused: readonly Refused<TEntry>[],
  { setAside, time }: SettingAside<TEntry>,
): Promise<TEntry[]> {
  const entries = refused.map(({ entry }) => entry);

  if (entries.length === 0) {
    return entries;
  }
  try {
    const aside = await time.within(() => setAside(refused));

    return entries.filter((entry) => !aside.has(entry));
  } catch (error) {
    if (error instanceof OutOfTimeError) {
      return entries;
    }
    throw error;
  }
}

/** A service may refuse a whole batch for the content of one entry: then each is sent alone. */
async function attempt<TEntry>(batch: readonly TEntry[], sending: Sending<TEntry>): Promise<Outcome<TEntry>> {
  try {
    return { refused: await sending.time.within(() => sending.send(batch)) };
  } catch (error) {
    const refusal = refusalOf(error);
    const [entry, ...others] = batch;

    if (refusal.kind !== 'content') {
      return { refused: batch.map((entry) => ({ entry, refusal })), failure: refusal };
    }
    if (entry === undefined || others.length === 0) {
      return { refused: batch.map((entry) => ({ entry, refusal })) };
    }
    const outcomes: Outcome<TEntry>[] = [];

    for (const single of batch) {
      outcomes.push(await attempt([single], sending));
    }
    return {
      refused: outcomes.flatMap(({ refused }) => refused),
      failure: outcomes.find(({ failure }) => failure)?.failure,
    };
  }
}

/** The first entry of each group, as many as fit; an entry that does not fit makes its group wait. */
function nextBatch<TEntry>(entries: readonly TEntry[], sending: Sending<TEntry>): { batch: TEntry[]; rest: TEntry[] } {
  const batch: TEntry[] = [];
  const rest: TEntry[] = [];
  const groups = new Set<string>();
  let bytes = 0;

  for (const entry of entries) {
    const group = sending.groupOf(entry);
    const size = sending.bytesOf(entry);
    // An entry that is too large for any batch goes alone: the service says why it refuses it.
    const fits = batch.length === 0 || (batch.length < sending.maximumEntries && bytes + size <= sending.maximumBytes);

    if (fits && !groups.has(group)) {
      batch.push(entry);
      bytes += size;
    } else {
      rest.push(entry);
    }
    groups.add(group);
  }
  return { batch, rest };
}
