/** What an identifier stands for: `src/iam/user/models/user.ts#User`, `inversify#inject`; its property has a dot: `…#User.name`. */
export type Id = string;

/** An expression as far as the wiring needs it. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly id: Id }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value> }
  | Call
  | { readonly kind: 'other' };

/** `f(…)` or `new C(…)`; of `Symbol.for(…)` the callee is `Symbol.for`. */
export interface Call {
  readonly kind: 'call';
  readonly callee: Id;
  readonly values: readonly Value[];
}

export const OTHER: Value = { kind: 'other' };

export function idOf(file: string, name: string): Id {
  return `${file}#${name}`;
}

export function nameOf(id: Id): string {
  return id.slice(id.indexOf('#') + 1);
}

export function fileOf(id: Id): string {
  return id.slice(0, Math.max(0, id.indexOf('#')));
}

export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined;
}

export function referenceOf(value: Value | undefined): Id | undefined {
  return value?.kind === 'reference' ? value.id : undefined;
}

/** The items of a list; none of anything else. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : [];
}

export function referencesOf(values: readonly Value[]): Id[] {
  return values.flatMap((value) => referenceOf(value) ?? []);
}

export function entryOf(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'object' ? value.entries.get(name) : undefined;
}
