import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { yamlParse } from 'yaml-cfn';

import { LocalCloudError } from '../local-cloud-error.ts';
import { writtenOut } from './written-out.ts';

export type Section = Readonly<Record<string, unknown>>;

/** A SAM template as written: intrinsic functions unresolved, in their long form (`{ 'Fn::GetAtt': [...] }`). */
export interface Template {
  /** Folder of the template file, against which a relative `CodeUri` is read. */
  readonly folder: string;
  readonly parameters: Section;
  readonly mappings: Section;
  readonly conditions: Section;
  /** What the values of the parameters have to fulfil. */
  readonly rules: Section;
  readonly globals: Section;
  readonly resources: ReadonlyMap<string, Resource>;
}

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Section;
  /** Name of the condition under which the resource exists. */
  readonly condition: string | undefined;
  readonly dependsOn: readonly string[];
  /** Further attributes such as `DeletionPolicy`. */
  readonly attributes: readonly string[];
}

export function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Attributes of a resource that are read. */
const READ = ['Type', 'Properties', 'Condition', 'DependsOn'];

/** Reads a template file in YAML or JSON; throws a LocalCloudError that names the line or the entry that is wrong. */
export function readTemplate(file: string): Template {
  return parseTemplate(textOf(file), file);
}

/** Does the same with the file's text. */
export function parseTemplate(text: string, file: string): Template {
  const root = withoutShorthand(parse(text, file), file);
  if (!isSection(root)) throw new LocalCloudError(`${file}: expected a SAM template with a section "Resources".`);
  return {
    folder: dirname(file),
    parameters: section(root, 'Parameters'),
    mappings: section(root, 'Mappings'),
    conditions: section(root, 'Conditions'),
    rules: section(root, 'Rules'),
    globals: section(root, 'Globals'),
    resources: new Map(Object.entries(section(root, 'Resources')).map(([id, value]) => [id, resource(id, value)])),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new LocalCloudError(`${file} is missing: run npm run build:dev, which writes it.`, { cause: error });
  }
}

function parse(text: string, file: string): unknown {
  try {
    return yamlParse(text);
  } catch (error) {
    throw new LocalCloudError(`${file} is no valid YAML: ${yamlReason(error)}.`, { cause: error });
  }
}

function withoutShorthand(root: unknown, file: string): unknown {
  try {
    return writtenOut(root);
  } catch (error) {
    throw new LocalCloudError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** js-yaml reports a reason and a zero-based position; its full message spans several lines. */
function yamlReason(error: unknown): string {
  const { reason, mark, message } = error as {
    reason?: string;
    mark?: { line: number; column: number };
    message: string;
  };
  return mark ? `${reason} at line ${mark.line + 1}, column ${mark.column + 1}` : (reason ?? message);
}

function section(parent: Section, name: string, place = name): Section {
  const value = parent[name] ?? {};
  if (!isSection(value)) throw new LocalCloudError(`${place}: expected entries with names, see the SAM specification.`);
  return value;
}

function resource(logicalId: string, value: unknown): Resource {
  const place = `Resources.${logicalId}`;
  if (!isSection(value) || typeof value.Type !== 'string') {
    throw new LocalCloudError(`${place}: expected a resource with a "Type".`);
  }
  const { Condition: condition, DependsOn: dependsOn } = value;
  if (condition !== undefined && typeof condition !== 'string') {
    throw new LocalCloudError(`${place}.Condition: expected the name of a condition.`);
  }
  return {
    logicalId,
    type: value.Type,
    properties: section(value, 'Properties', `${place}.Properties`),
    condition,
    dependsOn: [dependsOn ?? []].flat() as string[],
    attributes: Object.keys(value).filter((name) => !READ.includes(name)),
  };
}
