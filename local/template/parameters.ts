import { LocalCloudError } from '../local-cloud-error.ts';
import { isList, isSection, type Section } from './template.ts';

export type ParameterValue = string | readonly string[];

/** Values for the template's parameters, by parameter name. */
export interface GivenParameters {
  /** From `.env`, where a key that is no parameter serves something else. */
  readonly dotenv: Readonly<Record<string, string>>;
  /** From the command line; they win. */
  readonly commandLine: Readonly<Record<string, string>>;
}

/** The value of each parameter: given, else its default. Throws a LocalCloudError for one that CloudFormation would refuse. */
export function parameterValues(declarations: Section, given: GivenParameters): Map<string, ParameterValue> {
  for (const name of Object.keys(given.commandLine)) {
    if (!(name in declarations)) {
      throw new LocalCloudError(
        `--parameter ${name}: the template has no such parameter, expected one of ${Object.keys(declarations).join(', ')}.`,
      );
    }
  }
  const values = { ...given.dotenv, ...given.commandLine };
  return new Map(
    Object.entries(declarations).map(([name, value]) => [name, parameterValue(name, value, values[name])]),
  );
}

function parameterValue(name: string, declaration: unknown, given: string | undefined): ParameterValue {
  if (!isSection(declaration)) throw new LocalCloudError(`Parameters.${name}: expected a "Type".`);
  const value = given ?? defaultValue(name, declaration);
  const type = String(declaration.Type);
  const items = /^(CommaDelimitedList|List<)/.test(type) ? value.split(',').map((item) => item.trim()) : undefined;
  for (const item of items ?? [value]) {
    const expected = type.includes('Number') ? unmetNumber(item, declaration) : unmetText(item, declaration);
    if (expected) {
      throw new LocalCloudError(
        `Parameter ${name}: expected ${expected}, got "${item}". Change it in .env or with --parameter ${name}=VALUE.`,
      );
    }
  }
  return items ?? value;
}

function defaultValue(name: string, { Default: value }: Section): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new LocalCloudError(`Parameter ${name} has no value: set it in .env or with --parameter ${name}=VALUE.`);
}

/** What the declaration expects and the value is not; undefined when it is allowed. */
function unmetNumber(value: string, declaration: Section): string | undefined {
  if (value.trim() === '' || Number.isNaN(Number(value))) return 'a number';
  return unmetChoice(value, declaration) ?? unmetLimits(Number(value), 'Value', declaration);
}

function unmetText(value: string, declaration: Section): string | undefined {
  const { AllowedPattern: pattern } = declaration;
  if (typeof pattern === 'string' && !new RegExp(`^(?:${pattern})$`).test(value)) return `text that matches ${pattern}`;
  return unmetChoice(value, declaration) ?? unmetLimits(value.length, 'Length', declaration);
}

function unmetChoice(value: string, { AllowedValues: allowed }: Section): string | undefined {
  return isList(allowed) && !allowed.map(String).includes(value) ? `one of ${allowed.join(', ')}` : undefined;
}

function unmetLimits(size: number, what: 'Value' | 'Length', declaration: Section): string | undefined {
  const low = Number(declaration[`Min${what}`] ?? -Infinity);
  const high = Number(declaration[`Max${what}`] ?? Infinity);
  return size < low || size > high ? `a ${what.toLowerCase()} from ${low} to ${high}` : undefined;
}
