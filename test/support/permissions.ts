import { resolve } from '../../local/template/intrinsics.ts';
import { openScope } from '../../local/template/open-scope.ts';
import type { Scope } from '../../local/template/scope.ts';
import type { Resource, Section, Template } from '../../local/template/template.ts';
import { type EventSource, neededByMapping } from './mapping-permissions';

/** An action on the ARN of a resource: `dynamodb:PutItem arn:aws:dynamodb:…`. */
export type Permission = string;

interface Role {
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies?: readonly { readonly PolicyDocument: unknown }[];
}

/**
 * What the functions' roles grant, as sets. Policies name each action in full and have no conditions, so that sets say what IAM
 * would; one that says more is an error. ARNs are made up, each from its resource's logical id.
 */
export class Permissions {
  private readonly scope: Scope;

  constructor(
    private readonly template: Template,
    stage: string,
  ) {
    this.scope = openScope(template, { dotenv: {}, commandLine: { stage } }, 'us-east-1');
  }

  /** Logical ids of the resources of these types that the stage has. */
  ids(...types: string[]): string[] {
    return [...this.template.resources.values()]
      .filter((resource) => types.includes(resource.type) && this.scope.exists(resource))
      .map(({ logicalId }) => logicalId);
  }

  arnOf(logicalId: string): string {
    return this.scope.attribute(logicalId, 'Arn');
  }

  /** Logical id of the role that the function has; functions of one kind share one. */
  roleOf(functionId: string): string {
    return roleOf(this.template, functionId);
  }

  grantedTo(functionId: string): Set<Permission> {
    return this.grantedBy(this.roleOf(functionId));
  }

  /** What a role or a managed policy grants; for a role, with what its managed policies grant, but for those of AWS. */
  grantedBy(logicalId: string): Set<Permission> {
    const { type, properties } = this.resolved(logicalId);

    if (type === 'AWS::IAM::ManagedPolicy') {
      return new Set(permissionsIn(properties.PolicyDocument));
    }
    if (type !== 'AWS::IAM::Role') {
      throw new Error(`${logicalId}: expected a role or a managed policy, got ${type}.`);
    }
    const { ManagedPolicyArns: managed = [], Policies: inline = [] } = properties as Role;

    return new Set([
      ...inline.flatMap(({ PolicyDocument }) => permissionsIn(PolicyDocument)),
      ...managed.filter((id) => !id.startsWith('arn:')).flatMap((id) => [...this.grantedBy(id)]),
    ]);
  }

  /** A role and the managed policies that no other role of a function has: where a permission of its own is to stand. */
  placesOf(roleId: string): string[] {
    const others = this.ids('AWS::Serverless::Function').map((id) => this.roleOf(id));
    const shared = new Set(others.filter((id) => id !== roleId).flatMap((id) => this.policiesOf(id)));

    return [roleId, ...this.policiesOf(roleId).filter((id) => !shared.has(id))];
  }

  /** Where a role's permission stands: the role, or one of its managed policies. */
  placeOf(permission: Permission, roleId: string): string {
    return this.policiesOf(roleId).find((id) => this.grantedBy(id).has(permission)) ?? roleId;
  }

  /** What AWS does with the function's role to feed it: its mappings have none of their own. */
  neededByMappingsOf(functionId: string): Set<Permission> {
    const events = Object.values((this.resolved(functionId).properties.Events ?? {}) as Record<string, EventSource>);
    const streamOf = (consumerId: string) => String(this.resolved(consumerId).properties.StreamARN);

    return new Set(events.flatMap((event) => neededByMapping(event, streamOf)));
  }

  private policiesOf(roleId: string): readonly string[] {
    return (this.resolved(roleId).properties as Role).ManagedPolicyArns ?? [];
  }

  private resolved(logicalId: string): Resource {
    const resource = this.template.resources.get(logicalId);

    if (!resource) {
      throw new Error(`${logicalId}: expected a resource of the template.`);
    }
    return { ...resource, properties: resolve(resource.properties, this.scope) as Section };
  }
}

/** Logical id of the role of a function. Throws where the template does not say it by `!GetAtt SomeRole.Arn`. */
export function roleOf(template: Template, functionId: string): string {
  const { Role: role } = template.resources.get(functionId)?.properties ?? {};
  const [id, attribute] = (role as { 'Fn::GetAtt'?: string[] } | undefined)?.['Fn::GetAtt'] ?? [];

  if (id === undefined || attribute !== 'Arn' || template.resources.get(id)?.type !== 'AWS::IAM::Role') {
    throw new Error(`${functionId}: expected a Role, as !GetAtt GetUserRole.Arn, of a role in template.yaml.`);
  }
  return id;
}

/** The permissions of a policy document; throws where sets could not say what it means. */
export function permissionsIn(document: unknown): Permission[] {
  return [(document as { Statement: unknown }).Statement].flat().flatMap((statement) => {
    const { Effect: effect, Action, Resource, ...rest } = statement as Record<string, string | string[] | undefined>;
    const [actions, resources] = [Action ?? [], Resource ?? []].map((value) => [value].flat()) as [string[], string[]];
    const inFull = actions.every((action) => /^[a-z0-9]+:[A-Za-z]+$/.test(action)) && actions.length > 0;

    if (effect !== 'Allow' || !inFull || resources.length === 0 || Object.keys(rest).length > 0) {
      throw new Error(`Expected Allow, actions in full and resources, got ${JSON.stringify(statement)}.`);
    }
    return actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`));
  });
}
