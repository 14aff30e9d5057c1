import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES = join(__dirname, '../../test/lambda');
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

const NAME_LENGTH = 20;
const ALPHABET = 26;
const A = 'a'.charCodeAt(0);

/** A function's sample event as JSON, about aggregates that nobody has heard of: each instance has the same work to do. */
export function newEvent(functionName: string): string {
  const ids = new Map<string, string>();
  const idFor = (sample: string) => {
    const id = ids.get(sample) ?? randomUUID();

    ids.set(sample, id);
    return id;
  };

  return readFileSync(join(SAMPLES, `${functionName}.json`), 'utf8')
    .replace(UUID, idFor)
    .replaceAll('ada@domain.com', `${randomUUID()}@domain.com`)
    .replaceAll('Admin', newName());
}

/** Letters, since names hold nothing else. */
function newName(): string {
  return Array.from({ length: NAME_LENGTH }, () => String.fromCharCode(A + randomInt(ALPHABET))).join('');
}
