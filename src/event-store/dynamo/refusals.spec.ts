import {
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';

import { refusalsOf } from './refusals';

const options = { message: 'refused', $metadata: {} };
const item = { id: { S: 'a' } };

describe('refusalsOf', () => {
  it('given a failed condition of a single put, then tells it with the item that was there', () => {
    expect(refusalsOf(new ConditionalCheckFailedException({ ...options, Item: item }))).toEqual([
      { code: 'ConditionalCheckFailed', item },
    ]);
  });

  it('given a cancelled transaction, then tells of each item in the order of the write', () => {
    const error = new TransactionCanceledException({
      ...options,
      CancellationReasons: [{}, { Code: 'ConditionalCheckFailed', Item: item }, { Code: 'ThrottlingError' }],
    });

    expect(refusalsOf(error)).toEqual([
      { code: 'None', item: undefined },
      { code: 'ConditionalCheckFailed', item },
      { code: 'ThrottlingError', item: undefined },
    ]);
  });

  it('given a cancelled transaction without reasons, then it is a refusal all the same', () => {
    expect(refusalsOf(new TransactionCanceledException(options))).toEqual([]);
  });

  it.each([new TransactionConflictException(options), new TransactionInProgressException({ ...options })])(
    'given a $name, then it is a conflict',
    (error) => {
      expect(refusalsOf(error)).toEqual([{ code: 'TransactionConflict', item: undefined }]);
    },
  );

  it.each([new ProvisionedThroughputExceededException(options), new Error('socket hang up'), 'text', undefined])(
    'given %s, then it is none',
    (error) => {
      expect(refusalsOf(error)).toBeUndefined();
    },
  );
});
