import { join } from 'node:path';

import { readTemplate } from '../../local/template/template.ts';
import { permissionFindings } from '../support/permission-findings';
import { Permissions, permissionsIn } from '../support/permissions';

const template = readTemplate(join(__dirname, '../../template.yaml'));

// What is granted and never used is found with the whole system running: test/e2e/system.spec.ts.
describe.each(['dev', 'prod'])('The permissions of template.yaml, in %s', (stage) => {
  const permissions = new Permissions(template, stage);

  it.each(permissions.ids('AWS::Serverless::Function'))('let AWS feed %s from its streams and queues', (id) => {
    const granted = permissions.grantedTo(id);

    expect(
      [...permissions.neededByMappingsOf(id)]
        .filter((permission) => !granted.has(permission))
        .map((permission) => `${id} needs ${permission}: add it to ${permissions.roleOf(id)} in template.yaml.`),
    ).toEqual([]);
  });

  it.each(permissions.ids('AWS::IAM::Role', 'AWS::IAM::ManagedPolicy'))(
    'name the resources that %s is about, but for X-Ray, which knows none',
    (id) => {
      const everything = [...permissions.grantedBy(id)].filter((permission) => permission.endsWith(' *'));

      expect(everything.filter((permission) => !permission.startsWith('xray:Put'))).toEqual([]);
    },
  );
});

describe('permissionFindings', () => {
  const functionsOf = (role: string) => {
    const permissions = new Permissions(template, 'dev');

    return permissions.ids('AWS::Serverless::Function').filter((id) => permissions.roleOf(id) === role);
  };
  const recorded = (functionId: string, action: string, resource: string) => ({ functionId, action, resource });
  const findings = (...accesses: ReturnType<typeof recorded>[]) =>
    permissionFindings(template, 'dev', accesses, (resource) => resource);

  it('given a call that its role does not grant, then names the function, the permission, the role and the remedy', () => {
    const { missing } = findings(
      recorded('GetUserController', 'dynamodb:GetItem', 'ProjectionUsers'),
      recorded('GetUserController', 'dynamodb:Query', 'Memberships'),
    );

    expect(missing).toEqual([
      'GetUserController needs dynamodb:Query on Memberships: ' +
        'add it to GetUserRole in template.yaml, or give GetUserController another role.',
    ]);
  });

  it('given a role with a policy of its own, then names where a permission is to stand, and where it stands', () => {
    const { missing, unused } = findings(recorded('IamRoleQueueProcessor', 'dynamodb:DeleteItem', 'ProjectionRoles'));

    expect(missing).toEqual([
      'IamRoleQueueProcessor needs dynamodb:DeleteItem on ProjectionRoles: add it to IamRoleQueueProcessorRole or ' +
        'IamRoleProjections in template.yaml, or give IamRoleQueueProcessor another role.',
    ]);
    expect(unused).toContain(
      'IamRoleQueueProcessorRole grants dynamodb:PutItem on ProjectionRoles, which IamRoleQueueProcessor never asked for: ' +
        'take it out of IamRoleProjections in template.yaml, test what needs it, or give IamRoleQueueProcessor another role.',
    );
  });

  it('given a role of several functions, then each grant has to be used by every one of them', () => {
    const ofAppend = ({ unused }: ReturnType<typeof findings>) =>
      unused.filter((line) => line.startsWith('AppendRole grants dynamodb:Query on EventLog'));
    const functions = functionsOf('AppendRole');
    const calls = functions.map((id) => recorded(id, 'dynamodb:Query', 'EventLog'));

    expect(functions.length).toBeGreaterThan(1);
    expect(ofAppend(findings(...calls))).toEqual([]);
    expect(ofAppend(findings(...calls.slice(1)))).toEqual([
      `AppendRole grants dynamodb:Query on EventLog, which ${functions[0]} never asked for: take it out of AppendEvents in ` +
        `template.yaml, test what needs it, or give ${functions[0]} another role.`,
    ]);
  });
});

describe('permissionsIn', () => {
  const statement = { Effect: 'Allow', Action: ['dynamodb:Query', 'dynamodb:GetItem'], Resource: ['a', 'b'] };

  it('answers each action on each resource', () => {
    expect(
      permissionsIn({ Statement: [statement, { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'c' }] }),
    ).toEqual([
      'dynamodb:Query a',
      'dynamodb:Query b',
      'dynamodb:GetItem a',
      'dynamodb:GetItem b',
      'sqs:SendMessage c',
    ]);
  });

  it.each([
    { ...statement, Effect: 'Deny' },
    { ...statement, Action: '*' },
    { ...statement, Action: ['dynamodb:Query', 'dynamodb:Get*'] },
    { ...statement, Action: undefined, NotAction: 'dynamodb:Query' },
    { ...statement, Resource: undefined },
    { ...statement, Condition: { Bool: { 'aws:SecureTransport': true } } },
  ])('refuses what a set cannot say: %j', (refused) => {
    expect(() => permissionsIn({ Statement: [refused] })).toThrow(/^Expected Allow, actions in full/);
  });
});
