import { join } from 'node:path';

import { outcomeOf } from './engines/outcome.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import type { ProjectTools } from './project-tools.ts';

/** Builds the bundles and the template of the project in `root`; prints webpack's output only where it fails. */
export async function build({ root, installation, environment, children }: ProjectTools): Promise<void> {
  const webpack = join(installation, 'node_modules/webpack/bin/webpack.js');
  const child = children.spawn(process.execPath, [webpack, '--mode', 'development'], { cwd: root, env: environment });
  const { end, output } = await outcomeOf(child);
  if (end === 'exit code 0' || children.stopping) return;
  process.stderr.write(output);
  throw new LocalCloudError(`The build failed (${end}): mend what webpack says above, then run npm start again.`);
}
