/** Lambda's limit for the event of an invocation, in bytes. */
const MAXIMUM_EVENT_BYTES = 6_291_456;
const EMPTY_EVENT_BYTES = '{"Records":[]}'.length;

/** How many of `eventRecords` go into one event: at most `batchSize`, and no more than 6 MB, but always one. */
export function batchLength(eventRecords: readonly object[], batchSize: number): number {
  let bytes = EMPTY_EVENT_BYTES;
  const end = eventRecords.slice(0, batchSize).findIndex((record, index) => {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    return index > 0 && bytes > MAXIMUM_EVENT_BYTES;
  });
  return end === -1 ? Math.min(eventRecords.length, batchSize) : end;
}
