import { afterFailure, type RetryLimits } from './retry-plan.ts';
import type { StreamRecord } from './stream-reader.ts';

const limits: RetryLimits = { bisectBatchOnFunctionError: false, maximumRetryAttempts: -1 };
const bisecting: RetryLimits = { ...limits, bisectBatchOnFunctionError: true };

function records(...sequenceNumbers: string[]): StreamRecord[] {
  return sequenceNumbers.map((sequenceNumber) => ({ sequenceNumber, arrivedAt: 0, orderingKey: '', eventRecord: {} }));
}

describe('afterFailure', () => {
  describe('given a batch that failed altogether', () => {
    it('when retries are unlimited, then all of it is retried, one failure the wiser', () => {
      const batch = { records: records('1', '2'), failures: 41 };
      expect(afterFailure(batch, 0, limits)).toEqual([{ ...batch, failures: 42 }]);
    });

    it('when its retries are used up, then nothing of it is left', () => {
      const twice = { ...limits, maximumRetryAttempts: 2 };
      expect(afterFailure({ records: records('1'), failures: 1 }, 0, twice)).toHaveLength(1);
      expect(afterFailure({ records: records('1'), failures: 2 }, 0, twice)).toEqual([]);
    });

    it('when it is bisected, then its halves follow each other, and no retry is used', () => {
      const batch = { records: records('1', '2', '3'), failures: 7 };
      expect(afterFailure(batch, 0, { ...bisecting, maximumRetryAttempts: 0 })).toEqual([
        { records: records('1', '2'), failures: 0 },
        { records: records('3'), failures: 0 },
      ]);
    });

    it('when bisecting has come down to one record, then its retries are counted', () => {
      const batch = { records: records('1'), failures: 0 };
      expect(afterFailure(batch, 0, bisecting)).toEqual([{ ...batch, failures: 1 }]);
      expect(afterFailure(batch, 0, { ...bisecting, maximumRetryAttempts: 0 })).toEqual([]);
    });
  });

  describe('given a batch of which the first records are done', () => {
    it.each([limits, bisecting])('when it failed at the third, then it goes on from there (%j)', (each) => {
      const batch = { records: records('1', '2', '3', '4'), failures: 7 };
      expect(afterFailure(batch, 2, { ...each, maximumRetryAttempts: 0 })).toEqual([
        { records: records('3', '4'), failures: 0 },
      ]);
    });
  });
});
