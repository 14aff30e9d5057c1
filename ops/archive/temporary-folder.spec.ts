import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inTemporaryFolder } from './temporary-folder';

describe('inTemporaryFolder', () => {
  let lent: string;

  function fill(folder: string): void {
    lent = folder;
    writeFileSync(join(folder, 'file'), '');
    expect(existsSync(folder)).toBe(true);
  }

  it('given a task that succeeds, then answers its answer and leaves nothing behind', async () => {
    const listeners = process.listenerCount('exit');
    const answer = await inTemporaryFolder((folder) => {
      fill(folder);
      return Promise.resolve(1);
    });

    expect(answer).toBe(1);
    expect(existsSync(lent)).toBe(false);
    expect(process.listenerCount('exit')).toBe(listeners);
  });

  it('given a task that fails, then fails and leaves nothing behind', async () => {
    const failing = inTemporaryFolder((folder) => {
      fill(folder);
      return Promise.reject(new Error('failed'));
    });

    await expect(failing).rejects.toThrow('failed');
    expect(existsSync(lent)).toBe(false);
  });

  it('given a task that is still running when the process exits, then leaves nothing behind', async () => {
    await inTemporaryFolder((folder) => {
      fill(folder);
      // What Node does on process.exit().
      (process.listeners('exit').at(-1) as unknown as () => void)();
      expect(existsSync(folder)).toBe(false);
      return Promise.resolve();
    });
  });
});
