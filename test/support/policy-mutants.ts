import type { Resource, Template } from '../../local/template/template.ts';
import { roleOf } from './permissions';

interface Document {
  readonly Statement: readonly unknown[];
}

interface Mutant {
  /** What was changed, for whoever reads that nobody noticed. */
  readonly change: string;
  readonly template: Template;
}

/** The template without one statement of one policy that functions have, for each of them. */
export function templatesWithoutAStatement(template: Template): Mutant[] {
  return [...template.resources.values()].flatMap((resource) =>
    (isOfFunctions(resource, template) ? (documentOf(resource)?.Statement ?? []) : []).map((statement) => ({
      change: `${resource.logicalId} without ${JSON.stringify(statement)}`,
      template: withStatements(template, resource, (all) => all.filter((each) => each !== statement)),
    })),
  );
}

/** The template with one more statement in a role's own policy. */
export function withStatement(template: Template, roleId: string, statement: object): Template {
  return withStatements(template, template.resources.get(roleId)!, (all) => [...all, statement]);
}

function isOfFunctions({ logicalId, type }: Resource, template: Template): boolean {
  const functions = [...template.resources.values()].filter(
    (resource) => resource.type === 'AWS::Serverless::Function',
  );

  return (
    type === 'AWS::IAM::ManagedPolicy' || functions.some(({ logicalId: id }) => roleOf(template, id) === logicalId)
  );
}

function documentOf({ type, properties }: Resource): Document | undefined {
  const [inline] = (properties.Policies ?? []) as { PolicyDocument: Document }[];

  return type === 'AWS::IAM::ManagedPolicy' ? (properties.PolicyDocument as Document) : inline?.PolicyDocument;
}

function withStatements(
  template: Template,
  resource: Resource,
  change: (statements: readonly unknown[]) => readonly unknown[],
): Template {
  const document = documentOf(resource)!;
  const PolicyDocument = { ...document, Statement: change(document.Statement) };
  const changed = resource.type === 'AWS::IAM::Role' ? { Policies: [{ PolicyDocument }] } : { PolicyDocument };
  const properties = { ...resource.properties, ...changed };

  return {
    ...template,
    resources: new Map([...template.resources, [resource.logicalId, { ...resource, properties }]]),
  };
}
