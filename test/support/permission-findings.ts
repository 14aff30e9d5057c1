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

/** A line for each permission, which says what to do. */
export interface PermissionFindings {
  /** A function asked for it, and its role does not grant it: IAM would refuse it. */
  readonly missing: readonly string[];
  /** Its role grants it, and the function never asked for it. */
  readonly unused: readonly string[];
}

/**
 * Compares what each function's role grants with what the function asked for, and what AWS asks for to feed it. `idOf` answers
 * the logical id of a resource by the name that requests have for it.
 */
export function permissionFindings(
  template: Template,
  stage: string,
  accesses: readonly RecordedAccess[],
  idOf: (resource: string) => string,
): PermissionFindings {
  const permissions = new Permissions(template, stage);
  const functions = permissions.ids('AWS::Serverless::Function').map((id) => {
    const recorded = accesses.filter(({ functionId }) => functionId === id);
    const asked = recorded.map(({ action, resource }) => `${action} ${permissions.arnOf(idOf(resource))}`);

    return { id, role: permissions.roleOf(id), needed: new Set([...permissions.neededByMappingsOf(id), ...asked]) };
  });

  return {
    missing: functions.flatMap(({ id, role, needed }) =>
      without(needed, permissions.grantedBy(role)).map(
        (permission) =>
          `${id} needs ${inWords(permission)}: add it to ${permissions.placesOf(role).join(' or ')} in template.yaml, ` +
          `or give ${id} another role.`,
      ),
    ),
    unused: functions.flatMap(({ id, role, needed }) =>
      without(permissions.grantedBy(role), needed)
        .filter(isSeen)
        .map(
          (permission) =>
            `${role} grants ${inWords(permission)}, which ${id} never asked for: take it out of ` +
            `${permissions.placeOf(permission, role)} in template.yaml, test what needs it, or give ${id} another role.`,
        ),
    ),
  };
}

/** `dynamodb:Scan on ProjectionUsers`: an ARN that is made up ends with the logical id. */
function inWords(permission: string): string {
  const [action = '', arn = ''] = permission.split(' ');

  return `${action} on ${arn.replace(/^arn:([^:]*:){4}/, '')}`;
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...all].filter((permission) => !others.has(permission));
}

function isSeen(permission: string): boolean {
  return !UNSEEN.some((action) => permission.startsWith(`${action} `));
}
