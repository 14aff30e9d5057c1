import { LocalCloudError } from '../local-cloud-error.ts';
import type { Endpoints } from '../model.ts';
import { answers } from './answers.ts';
import type { ChildProcesses } from './child-processes.ts';
import { dynoxide, fauxqs, kinesisLocal, type EngineOptions } from './commands.ts';
import { startOnFreePort, type EngineCommand } from './engine.ts';

/**
 * Starts the engines, all at the same time, and answers where they listen. An engine whose endpoint the environment names is
 * not started. `onFailure` gets a LocalCloudError when an engine ends later on without having been stopped.
 */
export async function startEngines(
  options: EngineOptions,
  children: ChildProcesses,
  onFailure: (error: LocalCloudError) => void,
): Promise<Endpoints> {
  const engine = async (variable: string, command: (options: EngineOptions) => Promise<EngineCommand>) =>
    (await external(variable, options.environment)) ?? startOnFreePort(() => command(options), children, onFailure);
  const [dynamodb, kinesis, sqs, s3] = await Promise.all([
    engine('AWS_ENDPOINT_URL_DYNAMODB', dynoxide),
    engine('AWS_ENDPOINT_URL_KINESIS', kinesisLocal),
    engine('AWS_ENDPOINT_URL_SQS', fauxqs),
    external('AWS_ENDPOINT_URL_S3', options.environment),
  ]);
  // fauxqs is both; so are the engines that people run in its place.
  return { dynamodb, kinesis, sqs, s3: s3 ?? sqs };
}

/** The endpoint that a variable names, which has to answer; undefined where it is not set. */
async function external(variable: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const endpoint = environment[variable];
  if (!endpoint) return undefined;
  if (!URL.canParse(endpoint))
    throw new LocalCloudError(`${variable}: expected a URL such as http://127.0.0.1:8000, got "${endpoint}".`);
  if (await answers(endpoint)) return endpoint.replace(/\/$/, '');
  throw new LocalCloudError(
    `Nothing answers at ${variable}=${endpoint}: start it, or unset ${variable} to use the built-in engine.`,
  );
}
