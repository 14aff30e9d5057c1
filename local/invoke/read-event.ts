import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { LocalCloudError } from '../local-cloud-error.ts';
import { decodeText } from '../text-file.ts';

/**
 * The event of a JSON file, or of the standard input for `-`. Where no file is named, the function's sample event, or an empty one
 * where it has none; the standard error says which. Throws a LocalCloudError.
 */
export async function readEvent(file: string | undefined, functionId: string): Promise<unknown> {
  const source = file ?? sampleOf(functionId);
  if (source === undefined) return {};
  const name = source === '-' ? 'The standard input' : source;
  const json = decodeText(source === '-' ? await buffer(process.stdin) : readBytes(source), name);
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new LocalCloudError(`${name} is no event: expected JSON. ${(error as Error).message}`, { cause: error });
  }
}

function sampleOf(functionId: string): string | undefined {
  const sample = path.posix.join('test/lambda', `${functionId}.json`);
  const isThere = existsSync(sample);
  console.error(
    `The event is ${isThere ? sample : 'empty: {}'}. For another: npm run invoke -- ${functionId} -e EVENT.json`,
  );
  return isThere ? sample : undefined;
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new LocalCloudError(`Cannot read the event: ${(error as Error).message}`, { cause: error });
  }
}
