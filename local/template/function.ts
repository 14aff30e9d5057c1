import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { FunctionModel } from '../model.ts';
import type { Properties } from './properties.ts';

/** Lambda's own defaults. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MEGABYTES = 128;

/** What Lambda looks for, in its order, where the handler is `app.handler`. */
const BUNDLE_EXTENSIONS = ['.js', '.mjs', '.cjs'];

/** Reads one `AWS::Serverless::Function`; `folder` is the one of the template. Throws where there is no bundle to run. */
export function readFunction(logicalId: string, properties: Properties, folder: string): FunctionModel {
  const handler = properties.requiredText('Handler');
  const dot = handler.lastIndexOf('.');
  if (dot < 1) throw properties.error('Handler', `expected file.exportName, got "${handler}".`);
  const code = resolve(folder, properties.requiredText('CodeUri'), handler.slice(0, dot));
  const bundle = BUNDLE_EXTENSIONS.map((extension) => code + extension).find((file) => existsSync(file));
  if (!bundle) throw properties.error('CodeUri', `${code}.js is missing: run npm run build:dev, which writes it.`);
  return {
    logicalId,
    bundle,
    handler: handler.slice(dot + 1),
    timeoutSeconds: properties.number('Timeout') ?? DEFAULT_TIMEOUT_SECONDS,
    memoryMegabytes: properties.number('MemorySize') ?? DEFAULT_MEMORY_MEGABYTES,
    environment: properties.nested('Environment').texts('Variables'),
  };
}
