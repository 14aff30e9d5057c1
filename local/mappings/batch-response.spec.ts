import { reportedFailures } from './batch-response.ts';

const identifiers = new Set(['1', '2', '3']);

describe('reportedFailures', () => {
  it.each([null, undefined, {}, { batchItemFailures: null }, { batchItemFailures: [] }, { statusCode: 200 }])(
    'when the function answers %j, then everything succeeded',
    (answer) => {
      expect(reportedFailures(answer, identifiers)).toEqual(new Set());
    },
  );

  it('when it names items of the batch, then those failed', () => {
    const batchItemFailures = [{ itemIdentifier: '3' }, { itemIdentifier: '2' }];
    expect(reportedFailures({ batchItemFailures }, identifiers)).toEqual(new Set(['2', '3']));
  });

  it.each([
    'no object',
    { batchItemFailures: 'no list' },
    { batchItemFailures: [null] },
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{ itemIdentifier: null }] },
    { batchItemFailures: [{ id: '1' }] },
    { batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: 'of another batch' }] },
  ])('when it answers %j, then everything failed', (answer) => {
    expect(reportedFailures(answer, identifiers)).toEqual(identifiers);
  });
});
