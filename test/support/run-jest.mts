import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** Jest gets a process group of its own: a signal ends its workers, too, and engines end with those that started them. */
const HAS_GROUPS = process.platform !== 'win32';

/** Runs the spec files whose path has this in it, and ends as that ends. */
export function runJest(pattern: string, environment: Readonly<Record<string, string>> = {}): void {
  // Without the setting by which `npm test` leaves some folders out.
  const args = [join(ROOT, 'node_modules/jest/bin/jest.js'), pattern, '--testPathIgnorePatterns=/node_modules/'];
  const jest = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: HAS_GROUPS,
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (jest.pid !== undefined) process.kill(HAS_GROUPS ? -jest.pid : jest.pid, signal);
    });
  }
  jest.on('close', (code, signal) => {
    process.exitCode = code ?? (signal ? 128 + constants.signals[signal] : 1);
  });
}
