import { LocalCloudError } from '../local-cloud-error.ts';
import { attributeName, SUBSTITUTION } from './intrinsics.ts';
import { isGenerated, pseudoParameters } from './scope.ts';
import { isList, isSection, type Template } from './template.ts';

/** A name that `Ref`, `Fn::GetAtt` or `Fn::Sub` refers to, and where. */
export interface Reference {
  readonly name: string;
  readonly place: string;
}

/** Every reference in a value, of branches that a condition leaves out, too. */
export function* references(value: unknown, place: string): Generator<Reference> {
  if (isList(value)) {
    for (const [index, item] of value.entries()) yield* references(item, `${place}[${index}]`);
  } else if (isSection(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'Ref' && typeof item === 'string') yield { name: item, place };
      else if (key === 'Fn::GetAtt') yield { name: attributeName(item)[0], place };
      else if (key === 'Fn::Sub') yield* substitutions(item, place);
      else yield* references(item, key.startsWith('Fn::') ? place : `${place}.${key}`);
    }
  }
}

function* substitutions(argument: unknown, place: string): Generator<Reference> {
  const [template, variables] = isList(argument) ? argument : [argument];
  yield* references(variables, place);
  for (const [, literal, path = ''] of String(template).matchAll(SUBSTITUTION)) {
    const [name = ''] = path.split('.');
    if (!literal && !(isSection(variables) && path in variables)) yield { name, place };
  }
}

/** Throws a LocalCloudError for the first reference to something that the template does not have. */
export function checkReferences({ resources, parameters, globals }: Template): void {
  const known = new Set([...Object.keys(parameters), ...pseudoParameters('').keys(), ...resources.keys()]);
  const check = ({ name, place }: Reference) => {
    if (known.has(name) || isGenerated(name, resources)) return;
    throw new LocalCloudError(
      `${place}: ${name} is neither a parameter nor a resource of the template. Correct the name.`,
    );
  };
  for (const reference of references(globals, 'Globals')) check(reference);
  for (const { logicalId, properties, dependsOn } of resources.values()) {
    for (const name of dependsOn) check({ name, place: `Resources.${logicalId}.DependsOn` });
    for (const reference of references(properties, `Resources.${logicalId}.Properties`)) check(reference);
  }
}
