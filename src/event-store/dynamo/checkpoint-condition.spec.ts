import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

import { ConcurrencyError } from '../errors/concurrency.error';
import { movesFrom, onCheckpoint } from './checkpoint-condition';

const options = { message: 'refused', $metadata: {} };

function cancelled(...codes: string[]): TransactionCanceledException {
  return new TransactionCanceledException({ ...options, CancellationReasons: codes.map((Code) => ({ Code })) });
}

describe('movesFrom', () => {
  it('given the start, then expects no row', () => {
    expect(movesFrom(0)).toEqual({
      ConditionExpression: 'attribute_not_exists(#version)',
      ExpressionAttributeNames: { '#version': 'version' },
    });
  });

  it('given a version, then expects it still to be there', () => {
    expect(movesFrom(7)).toEqual({
      ConditionExpression: '#version = :checkpoint',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':checkpoint': 7 },
    });
  });
});

describe('onCheckpoint', () => {
  it.each([
    ['a failed condition', new ConditionalCheckFailedException(options)],
    ['a failed condition in a transaction', cancelled('ConditionalCheckFailed', 'None')],
    ['a rival transaction', cancelled('None', 'TransactionConflict')],
  ])('given %s, then it is a conflict', async (_, cause) => {
    const refused = onCheckpoint(Promise.reject(cause));

    await expect(refused).rejects.toThrow(ConcurrencyError);
    await expect(refused).rejects.toMatchObject({ cause });
  });

  it.each([
    ['a throttled transaction', cancelled('ThrottlingError', 'None')],
    ['a broken connection', new Error('socket hang up')],
  ])('given %s, then passes it on', async (_, error) => {
    await expect(onCheckpoint(Promise.reject(error))).rejects.toBe(error);
  });
});
