import type { SQSClient } from '@aws-sdk/client-sqs';

import type { FunctionPool } from '../lambda/function-pool.ts';
import type { StreamMappingModel } from '../model.ts';
import { BatchDelivery } from './batch-delivery.ts';
import { consumeShard } from './consume-shard.ts';
import { StreamFollower } from './stream-follower.ts';
import type { StreamReader } from './stream-reader.ts';

/** Brings a stream's records to the function; resolves when `signal` has aborted and the batches in hand are done. */
export function runStreamMapping(
  mapping: StreamMappingModel,
  pool: FunctionPool,
  { reader, sqs }: { reader: StreamReader; sqs: SQSClient },
  signal: AbortSignal,
): Promise<void> {
  const delivery = new BatchDelivery(mapping, pool, sqs, signal);
  const consume = consumeShard.bind(undefined, mapping, delivery);
  return new StreamFollower(mapping.streamArn, reader, consume, signal).run(mapping.startingPosition);
}
