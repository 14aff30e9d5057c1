import { LocalCloudError } from '../local-cloud-error.ts';
import type { Scope } from './scope.ts';
import { isList, isSection, type Section } from './template.ts';

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** The intrinsic functions of CloudFormation that need nothing but the template. */
const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(text(name, 'Ref')),
  'Fn::Base64': (value, scope) => Buffer.from(text(resolve(value, scope), 'Fn::Base64')).toString('base64'),
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': (argument, scope) => scope.attribute(...attributeName(argument)),
  'Fn::If': choose,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Sub': substitute,
};

/** The name and the argument of a function call, `{ Ref: … }` or `{ 'Fn::…': … }`; undefined where the value is none. */
export function intrinsicCall(value: Section): readonly [name: string, argument: unknown] | undefined {
  const [call, ...others] = Object.entries(value);
  return call && others.length === 0 && (call[0] === 'Ref' || call[0].startsWith('Fn::')) ? call : undefined;
}

/** The value with every intrinsic function replaced by what it stands for; `AWS::NoValue` leaves no entry behind. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (isList(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  if (!isSection(value)) return value;
  const call = intrinsicCall(value);
  if (call) return evaluate(call, scope);
  const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function evaluate([name, argument]: readonly [string, unknown], scope: Scope): unknown {
  const intrinsic = INTRINSICS[name];
  if (intrinsic) return intrinsic(argument, scope);
  throw new LocalCloudError(`${name} cannot be resolved on a laptop: use a parameter with a value in .env instead`);
}

/** `[logicalId, attribute]` of a `Fn::GetAtt`, written as a list or as `LogicalId.Attribute`. */
export function attributeName(argument: unknown): [logicalId: string, attribute: string] {
  const parts = isList(argument) ? argument : typeof argument === 'string' ? argument.split('.') : [];
  const [logicalId, ...attribute] = parts.map((part) => text(part, 'Fn::GetAtt'));
  if (logicalId === undefined || attribute.length === 0) {
    throw new LocalCloudError('Fn::GetAtt: expected LogicalId.Attribute');
  }
  return [logicalId, attribute.join('.')];
}

/** `${Name}`, `${Resource.Attribute}` and the literal `${!Name}` in the text of a `Fn::Sub`. */
export const SUBSTITUTION = /\$\{(!?)\s*([^}]*?)\s*\}/g;

function substitute(argument: unknown, scope: Scope): string {
  const [template, variables = {}] = isList(argument) ? argument : [argument];
  if (!isSection(variables)) throw new LocalCloudError('Fn::Sub: expected a text, or a text and a map of variables');
  return text(template, 'Fn::Sub').replace(SUBSTITUTION, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(variables, name)) return text(resolve(variables[name], scope), 'Fn::Sub');
    return text(name.includes('.') ? scope.attribute(...attributeName(name)) : scope.ref(name), 'Fn::Sub');
  });
}

function join(argument: unknown, scope: Scope): string {
  const [delimiter, items] = tuple(argument, 2, 'Fn::Join');
  return list(resolve(items, scope), 'Fn::Join')
    .map((item) => text(item, 'Fn::Join'))
    .join(text(delimiter, 'Fn::Join'));
}

function split(argument: unknown, scope: Scope): string[] {
  const [delimiter, value] = tuple(argument, 2, 'Fn::Split');
  return text(resolve(value, scope), 'Fn::Split').split(text(delimiter, 'Fn::Split'));
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, items] = tuple(argument, 2, 'Fn::Select');
  const position = Number(resolve(index, scope));
  const selected = list(resolve(items, scope), 'Fn::Select')[position];
  if (selected === undefined) throw new LocalCloudError(`Fn::Select: the list has no item ${position}`);
  return selected;
}

function choose(argument: unknown, scope: Scope): unknown {
  const [condition, whenTrue, whenFalse] = tuple(argument, 3, 'Fn::If');
  const holds = scope.conditions.get(text(condition, 'Fn::If'));
  if (holds === undefined) throw new LocalCloudError(`Fn::If: ${String(condition)} is no condition of the template`);
  return resolve(holds ? whenTrue : whenFalse, scope);
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const keys = tuple(argument, 3, 'Fn::FindInMap').map((key) => text(resolve(key, scope), 'Fn::FindInMap'));
  return scope.mapped(keys);
}

function tuple(argument: unknown, length: number, name: string): readonly unknown[] {
  if (isList(argument) && argument.length === length) return argument;
  throw new LocalCloudError(`${name}: expected a list of ${length}`);
}

function list(value: unknown, name: string): readonly unknown[] {
  if (isList(value)) return value;
  throw new LocalCloudError(`${name}: expected a list`);
}

function text(value: unknown, name: string): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw new LocalCloudError(`${name}: expected a text, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`);
}
