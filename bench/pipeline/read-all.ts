import type { StreamReader } from '../../local/mappings/stream-reader.ts';

/**
 * Reads a stream of one shard from its beginning on, whenever it is asked for more.
 *
 * @returns reads so many records
 */
export async function readAll(reader: StreamReader, limit: number): Promise<(count: number) => Promise<void>> {
  const [shard] = await reader.shards();
  const id = shard?.id ?? '';
  let iterator = await reader.iterator(id, 'TRIM_HORIZON');

  return async (count) => {
    for (let left = count; left > 0;) {
      const { records, next } = await reader.read(id, iterator, limit);

      left -= records.length;
      iterator = next ?? iterator;
    }
  };
}
