import { firstFailure } from './first-failure';

const [first, second, third] = ['100', '200', '300'].map((sequenceNumber) => ({ sequenceNumber }));
const entries = [first!, second!, third!];

describe('firstFailure', () => {
  it('given no failure, then names none', () => {
    expect(firstFailure(entries, new Set())).toEqual({ batchItemFailures: [] });
  });

  it('given several failures in any order, then names only the first of the batch', () => {
    expect(firstFailure(entries, new Set([third!, second!]))).toEqual({
      batchItemFailures: [{ itemIdentifier: '200' }],
    });
  });
});
