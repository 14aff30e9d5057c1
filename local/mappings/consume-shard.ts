import { createHash } from 'node:crypto';

import type { StreamMappingModel } from '../model.ts';
import type { BatchDelivery } from './batch-delivery.ts';
import { Lane } from './lane.ts';
import { readShard, type ShardReading } from './read-shard.ts';

/** Delivers a shard's records until it is closed and done, or the mapping stops; each key's records stay in order. */
export async function consumeShard(
  mapping: StreamMappingModel,
  delivery: BatchDelivery,
  reading: Omit<ShardReading, 'limit' | 'patience'>,
): Promise<void> {
  const { shardId, signal } = reading;
  const deliver = delivery.deliver.bind(delivery, shardId);
  const lanes = Array.from({ length: mapping.parallelizationFactor }, () => new Lane(mapping, deliver, signal));
  // A window gathers what several polls find.
  const patience = (mapping.batchingWindowSeconds * 1000) / 4;
  for await (const records of readShard({ ...reading, limit: mapping.batchSize, patience })) {
    for (const record of records) lanes[laneOf(record.orderingKey, lanes.length)]?.push(record);
    await Promise.all(lanes.map((lane) => lane.room()));
  }
  await Promise.all(lanes.map((lane) => lane.finish()));
}

function laneOf(orderingKey: string, lanes: number): number {
  return createHash('md5').update(orderingKey).digest().readUInt32BE() % lanes;
}
