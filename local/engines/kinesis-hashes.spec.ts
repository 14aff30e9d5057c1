import { compileFunction } from 'node:vm';

import { keepHashes } from './kinesis-hashes.ts';

/** What Scala's compiler makes of a sequence's hash: `$c_sci_Vector` is an immutable vector. */
const SOURCE = `
class $c_sci_Vector { hash() { return $m_s_util_hashing_MurmurHash3$().GE(this); } }
class Buffer { hash() { return $m_s_util_hashing_MurmurHash3$().GE(this); } }
return { vector: new $c_sci_Vector(), buffer: new Buffer() };`;

interface Hashed {
  hash(): number;
}

type Run = (murmurHash: () => { GE(): number }) => { vector: Hashed; buffer: Hashed };

describe('keepHashes', () => {
  it('has a vector hashed once, and what may change each time', () => {
    let hashes = 0;
    const murmurHash = () => ({ GE: () => ++hashes });
    const run = compileFunction(keepHashes(SOURCE), ['$m_s_util_hashing_MurmurHash3$']) as Run;
    const { vector, buffer } = run(murmurHash);

    expect([vector.hash(), vector.hash(), buffer.hash(), buffer.hash()]).toEqual([1, 1, 2, 3]);
  });
});
