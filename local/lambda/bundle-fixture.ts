import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { FunctionModel } from '../model.ts';

/** A bundle for a spec. */
export interface BundleFixture {
  /** A function of the bundle: `handler` is the name of one of its exports. */
  model(handler: string, changes?: Partial<FunctionModel>): FunctionModel;
  write(source: string): void;
  remove(): void;
}

/** Writes CommonJS source to a folder of its own, as `app.js`. */
export function bundleFixture(source: string): BundleFixture {
  const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  const bundle = path.join(folder, 'app.js');
  const write = (text: string): void => {
    writeFileSync(bundle, text);
  };
  write(source);
  return {
    write,
    model: (handler, changes) => ({
      logicalId: 'Function',
      bundle,
      handler,
      timeoutSeconds: 5,
      memoryMegabytes: 128,
      environment: {},
      ...changes,
    }),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
