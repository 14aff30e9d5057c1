import type { Template } from '../../local/template/template.ts';
import { Permissions } from './permissions';
import type { RecordedAccess } from './request-recorder';

/** What Lambda does by itself with the permissions of a function, on AWS alone: no test sees it. */
const UNSEEN = [
  'logs:CreateLogStream',
  'logs:PutLogEvents', // its log lines
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments', // its traces
];

/** Permissions, each with its function's logical id before it. */
export interface PermissionFindings {
  /** Asked for and not granted: IAM would refuse it. */
  readonly missing: readonly string[];
  /** Granted and never asked for. */
  readonly unused: readonly string[];
}

/**
 * Compares what the functions of a stage are granted with what they asked for, and what AWS asks for to feed them. `idOf` answers
 * the logical id of a resource by the name that requests have for it.
 */
export function permissionFindings(
  template: Template,
  stage: string,
  accesses: readonly RecordedAccess[],
  idOf: (resource: string) => string,
): PermissionFindings {
  const permissions = new Permissions(template, stage);
  const recordedOf = (id: string) => accesses.filter(({ functionId }) => functionId === id);
  const compared = permissions.ids('AWS::Serverless::Function').map((id) => {
    const recorded = recordedOf(id).map(({ action, resource }) => `${action} ${permissions.arnOf(idOf(resource))}`);
    const needed = new Set([...permissions.neededByMappingsOf(id), ...recorded]);
    const granted = permissions.grantedTo(id);

    return { id, missing: without(needed, granted), unused: without(granted, needed).filter(isSeen) };
  });

  return {
    missing: compared.flatMap(({ id, missing }) => missing.map((permission) => `${id} ${permission}`)),
    unused: compared.flatMap(({ id, unused }) => unused.map((permission) => `${id} ${permission}`)),
  };
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...all].filter((permission) => !others.has(permission));
}

function isSeen(permission: string): boolean {
  return !UNSEEN.some((action) => permission.startsWith(`${action} `));
}
