import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lends a folder to a task, and removes it with all that is in it when the task has ended or the process exits before. */
export async function inTemporaryFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };

  process.once('exit', remove);
  try {
    return await task(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
