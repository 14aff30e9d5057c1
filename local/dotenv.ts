import { join } from 'node:path';
import { parse } from 'dotenv';

import { LocalCloudError } from './local-cloud-error.ts';
import { nearest } from './template/nearest.ts';
import { readTextFile } from './text-file.ts';

export const DOTENV = '.env';

/** Variables that this project's programs read from the environment, and not from `.env`. */
const SETTINGS =
  /^(?:PORT|LOCAL_CLOUD|AWS_ENDPOINT_URL_(?:DYNAMODB|KINESIS|SQS|S3)|SMOKE_TOKEN|SMOKE_TOKEN_URL|SMOKE_TOKEN_FORM)$/;

/** What the `.env` of a folder says; nothing where there is none. Throws a LocalCloudError where it cannot be read. */
export function readDotenv(folder: string): Record<string, string> {
  try {
    return parse(readTextFile(join(folder, DOTENV)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    if (error instanceof LocalCloudError) throw error;
    throw new LocalCloudError(`Cannot read ${DOTENV}: ${(error as Error).message}`, { cause: error });
  }
}

/** A line for each name in `.env` that does nothing there. A setting that the environment has as well, as with direnv, is none. */
export function idleNames(
  dotenv: Readonly<Record<string, string>>,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): string[] {
  const idle = Object.entries(dotenv).filter(
    ([name, value]) => !parameters.includes(name) && !(SETTINGS.test(name) && (environment[name] ?? '') === value),
  );
  return idle.map(([name]) => `${DOTENV}: ${SETTINGS.test(name) ? notReadHere(name) : unknown(name, parameters)}`);
}

function notReadHere(name: string): string {
  return `${name} is read from the environment alone, and is ignored here. Set it in the shell that runs the command.`;
}

function unknown(name: string, parameters: readonly string[]): string {
  const other = nearest(name, parameters);
  const hint = other === undefined ? '' : ` The nearest name is ${other}.`;
  return `${name} is neither a parameter of template.yaml nor a setting of this project, and is ignored.${hint}`;
}
