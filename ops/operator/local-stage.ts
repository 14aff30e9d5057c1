import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';

import { awsEnvironment } from '../../local/aws-environment.ts';
import { OpsError } from '../support/ops-error';
import { ARCHIVE, BROKER, type Stage } from './stage';

/** Of what the local cloud says of itself, what is needed here. */
interface State {
  readonly pid: number;
  readonly region: string;
  readonly endpoints: Readonly<Record<'dynamodb' | 'kinesis' | 'sqs' | 's3', string>>;
  readonly functions: Readonly<Record<string, { readonly environment: Readonly<Record<string, string>> } | undefined>>;
  readonly resources: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
}

/**
 * The local cloud that runs in a folder.
 *
 * @throws OpsError when none does
 */
export function localStage(folder: string): Stage {
  const { region, endpoints, functions, resources } = runningCloud(folder);
  const queues = Object.entries(resources).flatMap(([id, { QueueUrl } = {}]) =>
    QueueUrl ? [[id, QueueUrl] as const] : [],
  );

  return {
    name: 'the local cloud',
    variables: {
      ...functions[BROKER]?.environment,
      ...awsEnvironment(endpoints, region),
    },
    queues: new Map(queues),
    archive: resources[ARCHIVE]?.Ref,
  };
}

function runningCloud(folder: string): State {
  // It names a local cloud that runs beside another.
  const name = env.LOCAL_CLOUD ? `local-${env.LOCAL_CLOUD}` : 'local';
  const state = readState(join(folder, '.aws-sam', `${name}.json`));

  if (!state || !isAlive(state.pid)) {
    throw new OpsError(
      'No local cloud is running here. Start it with npm start, or name a deployed stack with --stack.',
    );
  }
  // A cloud that starts has said no more than its pid.
  if (!('endpoints' in state)) {
    throw new OpsError('The local cloud is still starting here. Wait for its line that begins with Ready.');
  }
  return state;
}

function readState(file: string): State | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State;
  } catch {
    return undefined;
  }
}

/** A cloud that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
