import { env } from 'node:process';

import { awsEnvironment } from '../../local/aws-environment.ts';
import { LocalCloudError } from '../../local/local-cloud-error.ts';
import { runningCloud } from '../../local/running-cloud.ts';
import type { State } from '../../local/state-file.ts';
import { OpsError } from '../support/ops-error';
import { ARCHIVE, BROKER, type Stage } from './stage';

/**
 * The local cloud that runs in a folder.
 *
 * @throws OpsError when none does, or none that is ready
 */
export function localStage(folder: string): Stage {
  const { region, endpoints, functions, resources } = cloudIn(folder);
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

function cloudIn(folder: string): State {
  try {
    return runningCloud(folder, env);
  } catch (error) {
    if (error instanceof LocalCloudError) {
      throw new OpsError(`${error.message} For a deployed stack: --stack NAME.`, { cause: error });
    }
    throw error;
  }
}
