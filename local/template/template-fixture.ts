import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { openScope } from './open-scope.ts';
import type { Scope } from './scope.ts';
import { readTemplate, type Template } from './template.ts';

export const REGION = 'eu-west-1';

/** A template for a spec, in a folder of its own. */
export class TemplateFixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'template-'));

  /** Writes and reads a template. */
  template(yaml: string): Template {
    return readTemplate(this.write('template.yaml', yaml));
  }

  /** A template that has these resources, parameters, …, and the scope of it. */
  scope(yaml: string): { template: Template; scope: Scope } {
    const template = this.template(yaml);
    return { template, scope: openScope(template, { dotenv: {}, commandLine: {} }, REGION) };
  }

  /** Answers the file's path. */
  write(name: string, content: string): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
