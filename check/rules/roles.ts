import { nearest } from '../../local/template/nearest.ts';
import type { Resource } from '../../local/template/template.ts';
import type { Finding } from '../finding.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { attributeIn, functionsOf } from '../project/template-values.ts';

const RULE = 'function-role';

/** Each function has a role that is written out, and each role of functions has a function. */
export function roleFindings({ template }: Project): Finding[] {
  const functions = functionsOf(template);
  const roles = [...template.resources.values()].filter(isFunctionRole).map(({ logicalId }) => logicalId);
  const used = functions.map(({ properties }) => attributeIn(properties.Role) ?? '');
  const unused = roles.filter((name) => !used.includes(name));
  const wrong = functions.flatMap((resource) => wrongRole(resource, roles, unused));

  // A role that a function names wrongly is without a function for that alone.
  return wrong.length > 0 ? wrong : unused.map(withoutFunction);
}

function isFunctionRole({ type, properties }: Resource): boolean {
  return (
    type === 'AWS::IAM::Role' &&
    JSON.stringify(properties.AssumeRolePolicyDocument ?? '').includes('lambda.amazonaws.com')
  );
}

function wrongRole(
  { logicalId, properties }: Resource,
  roles: readonly string[],
  unused: readonly string[],
): Finding[] {
  const { Role } = properties;
  const name = attributeIn(Role);
  if (name !== undefined && roles.includes(name)) return [];

  const other = nearest(name ?? '', unused) ?? nearest(name ?? '', roles);
  return [
    {
      rule: RULE,
      subject: logicalId,
      file: TEMPLATE,
      problem:
        Role === undefined
          ? 'it has no Role: SAM makes one for it'
          : `its Role ${name ?? '(another form)'} is no role of the template that Lambda may take`,
      remedy: `Write Role: !GetAtt ${other ?? 'NAME'}.Arn with a role that may do what its handler does, and no more`,
    },
  ];
}

function withoutFunction(role: string): Finding {
  return {
    rule: 'role-without-function',
    subject: role,
    file: TEMPLATE,
    problem: 'no function has it',
    remedy: `Write Role: !GetAtt ${role}.Arn for the function that it is meant for, or remove it`,
  };
}
