import type { StreamMappingModel } from '../model.ts';
import type { StreamRecord } from './stream-reader.ts';

/** Records that one invocation gets. */
export interface Batch {
  readonly records: readonly StreamRecord[];
  /** Invocations that got exactly these records and failed. */
  readonly failures: number;
}

export type RetryLimits = Pick<StreamMappingModel, 'bisectBatchOnFunctionError' | 'maximumRetryAttempts'>;

/**
 * What is to be delivered after an invocation failed at the record of index `firstFailed`, 0 when it failed
 * altogether; nothing when the retries are used up. Records before that index are done. Where none is done, bisecting
 * splits the batch in two, which costs no retry, so that in the end a record that cannot be handled stands alone.
 */
export function afterFailure({ records, failures }: Batch, firstFailed: number, limits: RetryLimits): readonly Batch[] {
  if (firstFailed > 0) return [{ records: records.slice(firstFailed), failures: 0 }];
  if (limits.bisectBatchOnFunctionError && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, failures: 0 }));
  }
  const { maximumRetryAttempts } = limits;
  if (maximumRetryAttempts >= 0 && failures >= maximumRetryAttempts) return [];
  return [{ records, failures: failures + 1 }];
}
