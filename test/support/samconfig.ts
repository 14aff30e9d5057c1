import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'smol-toml';

interface Section {
  readonly global: { readonly parameters: { readonly stack_name: string } };
  readonly deploy: { readonly parameters: { readonly parameter_overrides: Readonly<Record<string, string | number>> } };
}

/** A section of samconfig.toml: its stack, and the values of its parameters. */
export function configOf(section: string) {
  const file = readFileSync(join(__dirname, '../../samconfig.toml'), 'utf8');
  const { global, deploy } = parse(file)[section] as unknown as Section;

  return { stack: global.parameters.stack_name, parameters: deploy.parameters.parameter_overrides };
}
