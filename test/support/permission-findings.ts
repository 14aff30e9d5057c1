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
  /** A role grants it, and no function of this role asked for it. */
  readonly unused: readonly string[];
}

/**
 * Compares what the roles of a stage grant with what their functions asked for, and what AWS asks for to feed them. `idOf` answers
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
  const roles = Map.groupBy(functions, ({ role }) => role);

  return {
    missing: functions.flatMap(({ id, role, needed }) =>
      without(needed, permissions.grantedBy(role)).map(
        (permission) =>
          `${id} needs ${inWords(permission)}: add it to ${role} in template.yaml, or give ${id} another role.`,
      ),
    ),
    unused: [...roles].flatMap(([role, users]) => {
      const needed = new Set(users.flatMap((user) => [...user.needed]));

      return without(permissions.grantedBy(role), needed)
        .filter(isSeen)
        .map(
          (permission) =>
            `${role} grants ${inWords(permission)}, which none of ${users.map(({ id }) => id).join(', ')} asked for: ` +
            `take it out of ${role} in template.yaml, or test what needs it.`,
        );
    }),
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
