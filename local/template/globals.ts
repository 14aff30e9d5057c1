import { intrinsicCall } from './intrinsics.ts';
import { isList, isSection, type Resource, type Section, type Template } from './template.ts';

const SECTIONS: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::Api': 'Api',
};

/** The `Globals` sections that are merged into resources; the template may have others. */
export const GLOBAL_SECTIONS: readonly string[] = Object.values(SECTIONS);

/** The resource's own properties with those of `Globals` under them. */
export function withGlobals(
  { type, properties }: Pick<Resource, 'type' | 'properties'>,
  { globals }: Pick<Template, 'globals'>,
): Section {
  const section = globals[SECTIONS[type] ?? ''];
  return isSection(section) ? mergeSections(section, properties) : properties;
}

/** SAM's rule: maps are merged key by key, lists are joined, anything else of the resource replaces the global value. */
function mergeSections(global: Section, own: Section): Section {
  const merged: Record<string, unknown> = { ...global };
  for (const [key, value] of Object.entries(own)) {
    merged[key] = key in global ? mergeValues(global[key], value) : value;
  }
  return merged;
}

function mergeValues(global: unknown, own: unknown): unknown {
  if (isList(global) && isList(own)) return [...global, ...own];
  if (isMap(global) && isMap(own)) return mergeSections(global, own);
  return own;
}

function isMap(value: unknown): value is Section {
  return isSection(value) && !intrinsicCall(value);
}
