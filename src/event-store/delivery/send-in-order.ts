/** How to send entries of one kind. */
export interface Sending<TEntry> {
  /** Entries of one group keep their order; different groups are independent. */
  readonly groupOf: (entry: TEntry) => string;
  /** Sends one batch and answers which of its entries were refused. */
  readonly send: (batch: readonly TEntry[]) => Promise<readonly TEntry[]>;
  readonly maximumEntries: number;
  readonly maximumBytes: number;
  readonly bytesOf: (entry: TEntry) => number;
}

/**
 * Sends entries in batches so that none overtakes an earlier one of its group: a batch holds at most one entry of a group,
 * the next one goes out after that was accepted, and a refused entry holds back its successors.
 *
 * @returns the refused entries and those held back behind them
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

    for (const refused of await sending.send(batch)) {
      unsent.add(refused);
      heldBack.add(sending.groupOf(refused));
    }
    waiting = rest.filter((entry) => {
      const isHeldBack = heldBack.has(sending.groupOf(entry));

      if (isHeldBack) {
        unsent.add(entry);
      }
      return !isHeldBack;
    });
  }
  return unsent;
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
