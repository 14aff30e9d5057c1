import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { Claim, type Holder } from './claim.ts';
import { LocalCloudError } from './local-cloud-error.ts';

/** Makes the folder of `--data`, and claims it for this process. Throws a LocalCloudError. */
export async function claimDataDirectory(path: string): Promise<Claim> {
  makeDirectory(path);
  return Claim.make(join(path, 'in-use.json'), ({ pid }: Holder) => {
    return new LocalCloudError(
      `--data: ${path} is in use by another local cloud, process ${pid}. Stop that, or choose another folder.`,
    );
  });
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const reason = (error as Error).message;
    throw new LocalCloudError(`--data: expected a folder, got "${path}" (${reason}).`, { cause: error });
  }
}
