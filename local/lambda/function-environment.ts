import { randomBytes } from 'node:crypto';
import path from 'node:path';

import { REGION } from '../aws-environment.ts';
import type { FunctionModel } from '../model.ts';
import { essentials } from '../user-settings.ts';

/**
 * All environment variables of a function's instance: the function's own, the cloud's, and those that Lambda defines
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime).
 */
export function functionEnvironment(
  model: FunctionModel,
  cloud: Readonly<Record<string, string>>,
): Record<string, string> {
  const taskRoot = path.dirname(model.bundle);
  return {
    ...essentials(),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...model.environment,
    // Last: the template may name the engines' variables, empty, for `sam local`.
    ...cloud,
    _HANDLER: `${path.parse(model.bundle).name}.${model.handler}`,
    LAMBDA_TASK_ROOT: taskRoot,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: model.logicalId,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.logicalId}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(),
    // In Lambda, each function has credentials of its own. The engines take any, and see by this whose a request is.
    AWS_SESSION_TOKEN: model.logicalId,
    // A function has no home directory: the SDK must not find the developer's profiles in his.
    AWS_CONFIG_FILE: path.join(taskRoot, '.aws/config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(taskRoot, '.aws/credentials'),
  };
}

/** Functions are named by their logical ids, in the account of every local resource. */
export function functionArn({ logicalId }: FunctionModel, cloud: Readonly<Record<string, string>>): string {
  return `arn:aws:lambda:${cloud.AWS_REGION ?? REGION}:000000000000:function:${logicalId}`;
}

function logStreamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
