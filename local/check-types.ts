import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

import { outcomeOf } from './engines/outcome.ts';
import type { ProjectTools } from './project-tools.ts';

const CONFIGURATION = 'tsconfig.build.json';

/** The type errors of what the bundles are made of, which run with them; undefined where there are none. */
export async function typeErrors({
  root,
  installation,
  environment,
  children,
}: ProjectTools): Promise<string | undefined> {
  if (!existsSync(join(root, CONFIGURATION))) return undefined;
  const tsc = join(installation, 'node_modules/typescript/bin/tsc');
  const child = children.spawn(process.execPath, [tsc, '--project', CONFIGURATION], { cwd: root, env: environment });
  yieldToOthers(child.pid);
  const { end, output } = await outcomeOf(child);
  if (end === 'exit code 0' || children.stopping) return undefined;
  return `${output.toString().trimEnd()}\nThe functions run, but their types are wrong: mend what tsc says above.`;
}

/** Whoever sends the first requests does not wait for it. */
function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended.
  }
}
