/** What a Lambda answers to an event source mapping with `ReportBatchItemFailures`. */
export interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** One record of a stream and what is sent for it. */
export interface StreamEntry {
  readonly sequenceNumber: string;
}

/**
 * The answer of a stream consumer. Lambda delivers again from the lowest sequence number that it names on, so the first
 * failure is all it needs to know.
 *
 * @param entries the batch in its order
 */
export function firstFailure(entries: readonly StreamEntry[], failed: ReadonlySet<unknown>): BatchResponse {
  const first = entries.find((entry) => failed.has(entry));

  return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
}
