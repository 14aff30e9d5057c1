import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { outcomeOf } from './engines/outcome.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import type { ProjectTools } from './project-tools.ts';

/**
 * Runs the npm script `check` of the project in `root`, if there is one, as npm does. Throws a LocalCloudError where it finds
 * something, and prints then what that is.
 */
export async function runCheck({ root, installation, environment, children }: ProjectTools): Promise<void> {
  const script = checkScript(join(root, 'package.json'));
  if (script === undefined) return;
  const PATH = [join(installation, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const child = children.spawn(script, [], { cwd: root, env: { ...environment, PATH }, shell: true });
  const { end, output } = await outcomeOf(child);
  if (end === 'exit code 0' || children.stopping) return;
  process.stderr.write(output);
  throw new LocalCloudError(`npm run check failed (${end}). Mend what the check says above, then run npm start again.`);
}

function checkScript(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Record<string, string> }).scripts?.check;
}
