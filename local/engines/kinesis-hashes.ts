import { type ModuleSource, registerHooks } from 'node:module';

import { LocalCloudError } from '../local-cloud-error.ts';

/** How kinesis-local, which is compiled from Scala, hashes a sequence. */
const HASH = '$m_s_util_hashing_MurmurHash3$().GE(this)';

/** The same, once for each vector: these are immutable. */
const KEPT_HASH = `this instanceof $c_sci_Vector ? (this.keptHash ??= ${HASH}) : ${HASH}`;

/**
 * Loads kinesis-local and has it keep the hashes of its vectors. For each record of a `PutRecords` it hashes all records of the
 * shard, whose vector is a part of a key. With 10,000 there, putting 100 takes it half a second, and with 100,000 five.
 *
 * Throws a LocalCloudError where what `load` has loaded does not hash like that.
 */
export function withKeptHashes(load: () => void): void {
  let isPatched = false as boolean;
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const source = text(loaded.source);
      if (!source.includes(HASH)) return loaded;
      isPatched = true;
      return { ...loaded, source: keepHashes(source) };
    },
  });
  load();
  hooks.deregister();
  if (isPatched) return;
  throw new LocalCloudError('This release of kinesis-local hashes in another way: see docs/decisions/0021.');
}

/** The source of kinesis-local, changed. */
export function keepHashes(source: string): string {
  return source.replaceAll(HASH, () => KEPT_HASH);
}

function text(source: ModuleSource | null | undefined): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined);
}
