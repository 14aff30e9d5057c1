import { isList, isSection, type Resource, type Section, type Template } from '../../local/template/template.ts';

/** The name in `!Ref name`. */
export function referenceIn(value: unknown): string | undefined {
  return isSection(value) && typeof value.Ref === 'string' ? value.Ref : undefined;
}

/** The resource's name in `!GetAtt name.attribute`. */
export function attributeIn(value: unknown): string | undefined {
  const attribute = isSection(value) ? value['Fn::GetAtt'] : undefined;

  if (typeof attribute === 'string') return attribute.split('.')[0];
  return isList(attribute) && typeof attribute[0] === 'string' ? attribute[0] : undefined;
}

/** The environment that all functions have. */
export function globalVariables({ globals }: Template): Section {
  return variablesOf(sectionOf(globals.Function));
}

/** The environment of a function, or of all of them. */
export function variablesOf(properties: Section): Section {
  return sectionOf(sectionOf(properties.Environment).Variables);
}

export function functionsOf({ resources }: Template): Resource[] {
  return [...resources.values()].filter(({ type }) => type === 'AWS::Serverless::Function');
}

/** A section, empty where there is none. */
export function sectionOf(value: unknown): Section {
  return isSection(value) ? value : {};
}
