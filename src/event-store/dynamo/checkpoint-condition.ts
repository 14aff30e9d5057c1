import { ConcurrencyError } from '../errors/concurrency.error';
import { refusalsOf } from './refusals';

/** The condition that a row's `version` still is the checkpoint that its reader saw; 0: there was no row. */
export function movesFrom(checkpoint: number) {
  return checkpoint === 0
    ? { ConditionExpression: 'attribute_not_exists(#version)', ExpressionAttributeNames: { '#version': 'version' } }
    : {
        ConditionExpression: '#version = :checkpoint',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':checkpoint': checkpoint },
      };
}

/**
 * Waits for a write that has the condition of `movesFrom`. A refusal means that somebody else moved the checkpoint, or that an answer was
 * lost and this write had moved it. Either way the checkpoint, read again, says what is left to do.
 *
 * @throws ConcurrencyError when the write was refused
 */
export async function onCheckpoint(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    const isConflict = refusalsOf(error)?.some(
      ({ code }) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict',
    );

    throw isConflict ? new ConcurrencyError('The checkpoint has moved meanwhile.', { cause: error }) : error;
  }
}
