import { type ModuleSource, registerHooks } from 'node:module';

import { LocalCloudError } from '../local-cloud-error.ts';

/** How kinesis-local, which is compiled from Scala, hashes a sequence. */
const HASH = '$m_s_util_hashing_MurmurHash3$().GE(this)';

/** The same, once for each vector: these are immutable. */
const KEPT_HASH = `this instanceof $c_sci_Vector ? (this.keptHash ??= ${HASH}) : ${HASH}`;

/**
 * Has kinesis-local keep the hashes of its vectors. For each record of a `PutRecords` it hashes all records of the shard, whose
 * vector is a part of a key: with 10,000 there, putting 100 takes it half a second, and with 100,000 five.
 */
export function keepKinesisHashes(): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      return url.endsWith('/kinesis-local/main.js') ? { ...loaded, source: patched(text(loaded.source)) } : loaded;
    },
  });
}

function patched(source: string): string {
  if (!source.includes(HASH)) {
    throw new LocalCloudError(
      'This release of kinesis-local hashes in another way: does it still need keepKinesisHashes?',
    );
  }
  return source.replaceAll(HASH, () => KEPT_HASH);
}

function text(source: ModuleSource | null | undefined): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source ?? undefined);
}
