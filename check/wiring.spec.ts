import { lineOf } from './finding.ts';
import { findingsAfter, type Edit } from './project-fixture.ts';

const MODULE = 'src/iam/iam.module.ts';
const USER = 'src/iam/user/models/user.ts';
const UPDATED = 'src/iam/user/events/user-updated.ts';
const HANDLER = 'src/iam/user/services/user-projection.handler.ts';
const PROJECTION = 'src/iam/user/projections/user.projection.ts';
const COMMAND = 'src/iam/user/commands/update-user.handler.ts';
const SERVICE = 'src/iam/user/services/user.service.ts';
const REPOSITORY = 'src/iam/role/services/role.repository.ts';
const TEMPLATE = 'template.yaml';
const GET_USER = '      CodeUri: src/iam/user/controllers\n';

const PROMOTE_USER = `import { Command } from '@node-ts/bus-messages';

export class PromoteUser extends Command {
  readonly $name = 'org/iam/user/promote';
}
`;

interface Mistake {
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly rule: string;
  readonly subject: string;
  readonly file: string;
  readonly remedy: string;
}

/** A second projection across aggregates, with all that belongs to it. */
const AUDIT: readonly Edit[] = [
  [
    'src/iam/audit/services/audit.handler.ts',
    `import { inject, injectable } from 'inversify';
import { EventLog } from '../../../event-store/event-log/event-log';
import { MultiStreamProjectionHandler } from '../../../event-store/projections/multi-stream-projection.handler';
import { HandlesEvent } from '../../../event-store/projections/handles-event.decorator';
import { UserUpdated } from '../../user/events/user-updated';
import { Audits } from './audits';

@HandlesEvent(UserUpdated)
@injectable()
export class AuditHandler extends MultiStreamProjectionHandler {
  constructor(@inject(EventLog) log: EventLog, @inject(Audits) audits: Audits) {
    super(log, audits, 'audits');
  }
}
`,
  ],
  ['src/iam/audit/services/audits.ts', `export const Audits = Symbol.for('Audits');\n`],
  [
    MODULE,
    `import { Role }`,
    `import { AuditHandler } from './audit/services/audit.handler';\nimport { Audits } from './audit/services/audits';\nimport { Role }`,
  ],
  [
    MODULE,
    'multiStreamProjections: [',
    `multiStreamProjections: [
    { repository: Audits, table: 'auditsTable', partitionKey: 'day', sortKey: 'userId', aggregateKey: 'userId', handler: AuditHandler },`,
  ],
  [TEMPLATE, '  membershipsTable: {', '  auditsTable: { Type: String, Default: audits }\n  membershipsTable: {'],
  [TEMPLATE, '        membershipsTable: !Ref', '        auditsTable: !Ref auditsTable\n        membershipsTable: !Ref'],
  [
    TEMPLATE,
    '\n  Memberships:\n',
    `
  Audits:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Ref auditsTable
      KeySchema: [{ AttributeName: day, KeyType: HASH }, { AttributeName: userId, KeyType: RANGE }]

  Memberships:
`,
  ],
  ['.env.example', 'membershipsTable=', 'auditsTable=audits\nmembershipsTable='],
];

const MISTAKES: readonly Mistake[] = [
  {
    what: "another event's $name, copied",
    edits: [[UPDATED, "'org/iam/user/updated'", "'org/iam/user/registered'"]],
    rule: 'event-name-twice',
    subject: 'UserUpdated',
    file: UPDATED,
    remedy: 'Give one of the two a $name of its own',
  },
  {
    what: 'an event under another aggregateType',
    edits: [[UPDATED, "'org/iam/user/updated'", "'org/iam/usr/updated'"]],
    rule: 'event-of-wrong-aggregate-type',
    subject: 'UserUpdated',
    file: UPDATED,
    remedy: 'Begin its $name with org/iam/user/',
  },
  {
    what: "another class's $name in an event's instances",
    edits: [[UPDATED, 'override readonly $name = UserUpdated.$name', 'override readonly $name = UserRegistered.$name']],
    rule: 'event-with-another-name',
    subject: 'UserUpdated',
    file: UPDATED,
    remedy: 'Write override readonly $name = UserUpdated.$name',
  },
  {
    what: 'an event that the module does not list',
    edits: [[MODULE, '[UserRegistered, UserUpdated,', '[UserRegistered,']],
    rule: 'event-in-no-module',
    subject: 'UserUpdated',
    file: UPDATED,
    remedy: `Add UserUpdated to its aggregate's events in ${MODULE}`,
  },
  {
    what: 'an event without an entry in the contract',
    edits: [['src/iam/events.spec.ts', 'type: UserUpdated,', 'type: UserDisabled,']],
    rule: 'event-without-contract',
    subject: 'UserUpdated',
    file: UPDATED,
    remedy: 'Add an entry with type: UserUpdated',
  },
  {
    what: 'an event without its when… method',
    edits: [[USER, '  protected whenDisabled(): void {\n    this.disabled = true;\n  }\n', '']],
    rule: 'when-method',
    subject: 'User',
    file: USER,
    remedy: 'Add whenDisabled(event: UserDisabled)',
  },
  {
    what: 'a when… method that is misspelt',
    edits: [[USER, 'whenDisabled', 'whenDisable']],
    rule: 'when-method',
    subject: 'User',
    file: USER,
    remedy: 'Rename whenDisable to whenDisabled',
  },
  {
    what: 'a when… method of no event',
    edits: [[USER, '  protected whenDisabled', '  protected whenPromoted(): void {}\n  protected whenDisabled']],
    rule: 'when-method',
    subject: 'User',
    file: USER,
    remedy: 'Name it when… after an event, or remove it',
  },
  {
    what: 'a property that get state() leaves out',
    edits: [[USER, '  email!: string;', '  email!: string;\n  phone?: string;']],
    rule: 'property-not-in-state',
    subject: 'User',
    file: USER,
    remedy: 'Add phone to get state() and to restoreState()',
  },
  {
    what: 'a handled event without its apply… method',
    edits: [[PROJECTION, '  protected applyUserDisabled(): void {\n    this.disabled = true;\n  }\n', '']],
    rule: 'apply-method',
    subject: 'UserProjection',
    file: PROJECTION,
    remedy: 'Add applyUserDisabled(event: UserDisabled)',
  },
  {
    what: 'an apply… method that is misspelt',
    edits: [[PROJECTION, 'applyUserDisabled', 'applyUserDisable']],
    rule: 'apply-method',
    subject: 'UserProjection',
    file: PROJECTION,
    remedy: 'Rename applyUserDisable to applyUserDisabled',
  },
  {
    what: 'an event that the projection forgets',
    edits: [[HANDLER, 'UserRoleRemoved, UserDisabled)', 'UserRoleRemoved)']],
    rule: 'event-neither-handled-nor-ignored',
    subject: 'UserProjectionHandler',
    file: HANDLER,
    remedy: 'Add UserDisabled to @HandlesEvent, or, if the projection does not need it, to @IgnoresEvent',
  },
  {
    what: 'a command handler that is not registered',
    edits: [[MODULE, '    UpdateUserHandler,\n', '']],
    rule: 'command-handler-not-registered',
    subject: 'UpdateUserHandler',
    file: COMMAND,
    remedy: `Add UpdateUserHandler to commandHandlers in ${MODULE}`,
  },
  {
    what: 'a command handler without @HandlesMessage',
    edits: [[COMMAND, '@HandlesMessage(UpdateUser)\n', '']],
    rule: 'handler-without-decorator',
    subject: 'UpdateUserHandler',
    file: COMMAND,
    remedy: 'Add @HandlesMessage(…) with a command above the class',
  },
  {
    what: "another command's $name, copied",
    edits: [['src/iam/user/commands/update-user.command.ts', "'org/iam/user/update'", "'org/iam/user/register'"]],
    rule: 'command-name-twice',
    subject: 'UpdateUser',
    file: 'src/iam/user/commands/update-user.command.ts',
    remedy: 'Give one of the two a $name of its own',
  },
  {
    what: "another handler's command, copied",
    edits: [
      [COMMAND, '@HandlesMessage(UpdateUser)', '@HandlesMessage(RegisterUser)'],
      [
        COMMAND,
        "import { UpdateUser } from './update-user.command'",
        "import { RegisterUser } from './register-user.command'",
      ],
    ],
    rule: 'command-handled-twice',
    subject: 'UpdateUserHandler',
    file: COMMAND,
    remedy: 'Write in each @HandlesMessage the command that it handles',
  },
  {
    what: 'a command that nobody handles',
    edits: [['src/iam/user/commands/promote-user.command.ts', PROMOTE_USER]],
    rule: 'command-without-handler',
    subject: 'PromoteUser',
    file: 'src/iam/user/commands/promote-user.command.ts',
    remedy: 'Write a handler with @HandlesMessage(PromoteUser)',
  },
  {
    what: 'an event handler without @HandlesEvent',
    edits: [
      [HANDLER, '@HandlesEvent(UserRegistered, UserUpdated, UserRoleAdded, UserRoleRemoved, UserDisabled)\n', ''],
    ],
    rule: 'handler-without-decorator',
    subject: 'UserProjectionHandler',
    file: HANDLER,
    remedy: 'Add @HandlesEvent(…) with events above the class',
  },
  ...[COMMAND, HANDLER, SERVICE].map((file, index) => ({
    what: `no @injectable in ${file}`,
    edits: [[file, '@injectable()\n', '']] as const,
    rule: 'not-injectable',
    subject: ['UpdateUserHandler', 'UserProjectionHandler', 'UserService'][index]!,
    file,
    remedy: 'Add @injectable() above the class',
  })),
  {
    what: 'a service that is not listed',
    edits: [[MODULE, 'services: [UserService, ', 'services: [']],
    rule: 'service-not-listed',
    subject: 'UserService',
    file: SERVICE,
    remedy: `Add UserService to services in ${MODULE}`,
  },
  {
    what: 'an event handler that is not registered',
    edits: [[MODULE, 'handler: UserProjectionHandler', 'handler: RoleProjectionHandler']],
    rule: 'event-handler-not-registered',
    subject: 'UserProjectionHandler',
    file: HANDLER,
    remedy: `Add it as handler of its projection to projections or multiStreamProjections in ${MODULE}`,
  },
  {
    what: 'a projection that is not registered at all',
    edits: [
      [
        MODULE,
        "    {\n      type: UserProjection,\n      repository: UserProjectionRepository,\n      table: 'projectionUsersTable',\n      handler: UserProjectionHandler,\n    },\n",
        '',
      ],
    ],
    rule: 'event-handler-not-registered',
    subject: 'UserProjectionHandler',
    file: HANDLER,
    remedy: 'Add it as handler of its projection',
  },
  {
    what: 'a repository that no module binds',
    edits: [[MODULE, 'repository: RoleRepository', 'repository: UserRepository']],
    rule: 'repository-in-no-module',
    subject: 'RoleRepository',
    file: REPOSITORY,
    remedy: `Add it as repository of its aggregate or its projection in ${MODULE}`,
  },
  {
    what: 'a module that is not in the list of contexts',
    edits: [['src/contexts.ts', '[iam]', '[]']],
    rule: 'module-not-in-contexts',
    subject: 'iam',
    file: MODULE,
    remedy: 'Add iam to CONTEXTS in src/contexts.ts',
  },
  {
    what: "another symbol's text, copied",
    edits: [[REPOSITORY, "Symbol.for('RoleRepository')", "Symbol.for('UserRepository')"]],
    rule: 'symbol-twice',
    subject: 'UserRepository',
    file: 'src/iam/user/services/user.repository.ts',
    remedy: 'Name each after its own constant',
  },
  {
    what: "another handler's checkpoint, copied",
    edits: [...AUDIT, ['src/iam/audit/services/audit.handler.ts', "'audits'", "'role-memberships'"]],
    rule: 'checkpoint-name-twice',
    subject: 'MembershipHandler',
    file: 'src/iam/membership/services/membership.handler.ts',
    remedy: 'Give the newer of the two a name of its own',
  },
  {
    what: "another projection's table, copied",
    edits: [[MODULE, "'projectionRolesTable'", "'projectionUsersTable'"]],
    rule: 'table-twice',
    subject: 'RoleProjectionRepository',
    file: MODULE,
    remedy: 'Give each projection a table of its own',
  },
  {
    what: "a table's variable that is misspelt",
    edits: [[MODULE, "'membershipsTable'", "'membershipTable'"]],
    rule: 'table-variable',
    subject: 'MembershipRepository',
    file: MODULE,
    remedy: 'Write membershipsTable',
  },
  {
    what: "a table's variable that no function has",
    edits: [[TEMPLATE, '        projectionRolesTable: !Ref projectionRolesTable\n', '']],
    rule: 'table-variable',
    subject: 'RoleProjectionRepository',
    file: MODULE,
    remedy: 'Add projectionRolesTable: !Ref projectionRolesTable there',
  },
  {
    what: 'a variable of no table',
    edits: [[TEMPLATE, '    - [Users, Roles]\n', '    - [Users]\n']],
    rule: 'table-resource',
    subject: 'RoleProjectionRepository',
    file: MODULE,
    remedy: 'Add a table with TableName: !Ref projectionRolesTable',
  },
  {
    what: 'keys the wrong way round',
    edits: [
      [MODULE, "partitionKey: 'roleId',\n      sortKey: 'userId'", "partitionKey: 'userId',\n      sortKey: 'roleId'"],
    ],
    rule: 'table-keys',
    subject: 'MembershipRepository',
    file: MODULE,
    remedy: 'Make partitionKey and sortKey the names of the KeySchema',
  },
  {
    what: 'an aggregateKey that is no key',
    edits: [[MODULE, "aggregateKey: 'userId'", "aggregateKey: 'id'"]],
    rule: 'aggregate-key',
    subject: 'MembershipRepository',
    file: MODULE,
    remedy: 'Write which of roleId and userId',
  },
  {
    what: 'a queue that the broker does not know',
    edits: [[TEMPLATE, '          IamRoleQueue: !Ref IamRoleQueue\n', '']],
    rule: 'queue-variable',
    subject: 'EventBroker',
    file: TEMPLATE,
    remedy: 'Add IamRoleQueue: !Ref IamRoleQueue',
  },
  {
    what: "a queue's variable that is misspelt",
    edits: [[TEMPLATE, '          IamRoleQueue: !Ref', '          IamRolesQueue: !Ref']],
    rule: 'queue-variable',
    subject: 'EventBroker',
    file: TEMPLATE,
    remedy: 'Rename its variable IamRolesQueue to IamRoleQueue',
  },
  {
    what: "another queue in a queue's variable",
    edits: [[TEMPLATE, 'IamRoleQueue: !Ref IamRoleQueue', 'IamRoleQueue: !Ref IamUserQueue']],
    rule: 'queue-variable',
    subject: 'EventBroker',
    file: TEMPLATE,
    remedy: 'Write IamRoleQueue: !Ref IamRoleQueue',
  },
  {
    what: 'a folder that is not there',
    edits: [[TEMPLATE, GET_USER, '      CodeUri: src/iam/users/controllers\n']],
    rule: 'function-file',
    subject: 'ListUsersController',
    file: TEMPLATE,
    remedy: 'Write the file, or mend CodeUri and Handler',
  },
  {
    what: 'a file that is not there',
    edits: [[TEMPLATE, 'Handler: snapshotter.handler', 'Handler: snapshoter.handler']],
    rule: 'function-file',
    subject: 'Snapshotter',
    file: TEMPLATE,
    remedy: 'Write the file, or mend CodeUri and Handler',
  },
  {
    what: 'an export that is not there',
    edits: [[TEMPLATE, 'Handler: user-controller.getHandler', 'Handler: user-controller.readHandler']],
    rule: 'function-export',
    subject: 'GetUserController',
    file: TEMPLATE,
    remedy: 'Export readHandler there, or write one of its exports: listHandler, getHandler',
  },
  {
    what: 'a route without RestApiId',
    edits: [[TEMPLATE, "Path: '/users/{id}', RestApiId: !Ref ServerlessSamApi", "Path: '/users/{id}'"]],
    rule: 'route-without-api',
    subject: 'GetUserController',
    file: TEMPLATE,
    remedy: 'Add RestApiId: !Ref ServerlessSamApi',
  },
  {
    what: "a path parameter that is called otherwise than the DTO's property",
    edits: [[TEMPLATE, "'/users/{id}/roles/{roleId}'", "'/users/{id}/roles/{role}'"]],
    rule: 'path-parameter',
    subject: 'RemoveUserRoleController',
    file: TEMPLATE,
    remedy: "Call it as one of the DTO's properties: id, roleId; or add role",
  },
  {
    what: 'a controller that does not read its path',
    edits: [['src/iam/user/controllers/user-controller.ts', 'from: [body, path],', 'from: [body],']],
    rule: 'path-parameter',
    subject: 'UpdateUserController',
    file: TEMPLATE,
    remedy: 'Add path to from: of putHandler',
  },
  {
    what: 'a route that the authorizer does not know',
    edits: [[TEMPLATE, 'contexts: iam=users,roles', 'contexts: iam=users']],
    rule: 'route-without-scope',
    subject: 'ListRolesController',
    file: TEMPLATE,
    remedy: 'Add it there, as in iam=roles',
  },
  {
    what: 'a controller without a function',
    edits: [
      [
        'src/iam/user/controllers/user-controller.ts',
        '/** GET /users/{id} */',
        'export const promoteHandler = commandController(app, { dto: IdDto, from: [path] });\n\n/** GET /users/{id} */',
      ],
    ],
    rule: 'controller-without-function',
    subject: 'promoteHandler',
    file: 'src/iam/user/controllers/user-controller.ts',
    remedy: 'Add a function with promoteHandler and its route',
  },
  {
    what: 'a function without a role',
    edits: [[TEMPLATE, '      Role: !GetAtt SnapshotterRole.Arn\n', '']],
    rule: 'function-role',
    subject: 'Snapshotter',
    file: TEMPLATE,
    remedy: 'Write Role: !GetAtt NAME.Arn',
  },
  {
    what: 'a role that is not there',
    edits: [[TEMPLATE, 'Role: !GetAtt SnapshotterRole.Arn', 'Role: !GetAtt SnapshoterRole.Arn']],
    rule: 'function-role',
    subject: 'Snapshotter',
    file: TEMPLATE,
    remedy: 'Write Role: !GetAtt NAME.Arn',
  },
  {
    what: 'a function without a sample event',
    edits: [['test/lambda/GetUserController.json', undefined]],
    rule: 'sample-event',
    subject: 'GetUserController',
    file: TEMPLATE,
    remedy: 'Add it',
  },
  {
    what: 'a function that cannot be debugged',
    edits: [['.vscode/launch.json', '        "GetUserController",\n', '']],
    rule: 'launch-entry',
    subject: 'GetUserController',
    file: '.vscode/launch.json',
    remedy: 'Add "GetUserController" there',
  },
  {
    what: 'a property of a DTO without a rule',
    edits: [['src/iam/user/dtos/user-role.dto.ts', '@IsUUID() roleId', 'roleId']],
    rule: 'property-without-validator',
    subject: 'UserRoleDto',
    file: 'src/iam/user/dtos/user-role.dto.ts',
    remedy: 'to roleId',
  },
  {
    what: 'a property without a rule of a class that a DTO extends',
    edits: [
      ['src/iam/user/models/user-registration.validator.ts', '@IsEmailAddress() readonly email', 'readonly email'],
    ],
    rule: 'property-without-validator',
    subject: 'UserRegistration',
    file: 'src/iam/user/models/user-registration.validator.ts',
    remedy: 'to email',
  },
  {
    what: 'an enricher that nobody calls',
    edits: [
      [
        SERVICE,
        'new UserUpdatedEnricher(user).enrich(user.update(firstName, lastName))',
        'user.update(firstName, lastName)',
      ],
    ],
    rule: 'enricher-forgotten',
    subject: 'UserUpdatedEnricher',
    file: 'src/iam/user/services/user-updated.enricher.ts',
    remedy: 'Call new UserUpdatedEnricher(…).enrich(event)',
  },
  {
    what: 'a table that .env.example lacks',
    edits: [['.env.example', 'projectionRolesTable=projection-roles\n', '']],
    rule: 'example-setting',
    subject: 'projectionRolesTable',
    file: '.env.example',
    remedy: 'Add a line projectionRolesTable=',
  },
];

describe('The wiring', () => {
  it('as it is, then has no mistake', () => {
    expect(findingsAfter()).toEqual([]);
  });

  it('given another projection with all that belongs to it, then has no mistake', () => {
    expect(findingsAfter(...AUDIT)).toEqual([]);
  });

  it.each(MISTAKES)('given $what, then names that alone: $rule', ({ edits, rule, subject, file, remedy }) => {
    const findings = findingsAfter(...edits);

    expect(new Set(findings.map((finding) => finding.rule))).toEqual(new Set([rule]));
    expect(findings).toContainEqual(
      expect.objectContaining({ subject, file, remedy: expect.stringContaining(remedy) as string }),
    );
  });

  it('given several mistakes, then names all of them at once', () => {
    const several = MISTAKES.filter(({ rule }) => ['launch-entry', 'symbol-twice', 'aggregate-key'].includes(rule));

    expect(findingsAfter(...several.flatMap(({ edits }) => edits)).map(({ rule }) => rule)).toEqual([
      'symbol-twice',
      'aggregate-key',
      'launch-entry',
    ]);
  });

  it('given an event that a projection ignores, then takes it for known', () => {
    expect(
      findingsAfter(
        [HANDLER, 'UserRoleRemoved, UserDisabled)', 'UserRoleRemoved)\n@IgnoresEvent(UserDisabled)'],
        [PROJECTION, '  protected applyUserDisabled(): void {\n    this.disabled = true;\n  }\n', ''],
      ),
    ).toEqual([]);
  });

  it('tells a mistake in one line, with what mends it', () => {
    const [finding] = findingsAfter([MODULE, "aggregateKey: 'userId'", "aggregateKey: 'id'"]);

    expect(lineOf(finding!)).toBe(
      'MembershipRepository (src/iam/iam.module.ts): its aggregateKey id is neither its partitionKey nor its sortKey. ' +
        'Write which of roleId and userId is the id of the aggregate that its handler follows. [aggregate-key]',
    );
  });
});
