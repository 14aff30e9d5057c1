import { join } from 'node:path';
import { parse } from 'dotenv';

import { LocalCloudError } from './local-cloud-error.ts';
import { nearest } from './template/nearest.ts';
import { readTextFile } from './text-file.ts';

export const DOTENV = '.env';

/** Variables that this project's programs read from the environment. In `.env` they do nothing here, and are no mistake. */
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

/** A line for each name in `.env` that is neither a parameter of the template nor one of the project's settings. */
export function unknownNames(dotenv: Readonly<Record<string, string>>, parameters: readonly string[]): string[] {
  const unknown = Object.keys(dotenv).filter((name) => !parameters.includes(name) && !SETTINGS.test(name));
  return unknown.map((name) => {
    const other = nearest(name, parameters);
    const hint = other === undefined ? '' : ` The nearest name is ${other}.`;
    return `${DOTENV}: ${name} is neither a parameter of template.yaml nor a setting of this project, and is ignored.${hint}`;
  });
}
