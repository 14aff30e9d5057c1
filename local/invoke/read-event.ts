import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { LocalCloudError } from '../local-cloud-error.ts';

/** The event of a JSON file, of the standard input for `-`, an empty one for none. Throws a LocalCloudError. */
export async function readEvent(file: string | undefined): Promise<unknown> {
  if (file === undefined) return {};
  const json = file === '-' ? await text(process.stdin) : await readText(file);
  try {
    return JSON.parse(json);
  } catch (error) {
    const name = file === '-' ? 'The standard input' : file;
    throw new LocalCloudError(`${name} is no event: expected JSON. ${(error as Error).message}`, { cause: error });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new LocalCloudError(`Cannot read the event: ${(error as Error).message}`, { cause: error });
  }
}
