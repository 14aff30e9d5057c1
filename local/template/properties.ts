import { LocalCloudError } from '../local-cloud-error.ts';
import { intrinsicCall, resolve } from './intrinsics.ts';
import type { Scope } from './scope.ts';
import { isList, isSection, type Section } from './template.ts';

/**
 * Properties of a resource, resolved as they are read. It remembers what was read, so that what the local cloud does not act
 * on can be named; what nobody reads is never resolved and cannot fail.
 */
export class Properties {
  readonly #values: Section;
  readonly #scope: Scope;
  readonly #place: string;
  readonly #read = new Set<string>();
  readonly #nested: [name: string, properties: Properties][] = [];

  /** `place` is the path of the properties in the template, for error messages. */
  constructor(values: Section, scope: Scope, place: string) {
    this.#values = values;
    this.#scope = scope;
    this.#place = place;
  }

  /** The value of any type; undefined where the template gives none. */
  value(name: string): unknown {
    this.#read.add(name);
    try {
      return resolve(this.#values[name], this.#scope);
    } catch (error) {
      if (!(error instanceof LocalCloudError)) throw error;
      throw this.error(name, `${error.message}.`);
    }
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.error(name, `expected a text, got ${JSON.stringify(value)}.`);
  }

  /** A number, or a text that is one: the value of a parameter is always a text. */
  number(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (value.trim() === '' || Number.isNaN(number)) throw this.error(name, `expected a number, got "${value}".`);
    return number;
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value === 'true' || value === 'false') return value === 'true';
    throw this.error(name, `expected true or false, got "${value}".`);
  }

  list(name: string): readonly unknown[] {
    const value = this.value(name) ?? [];
    if (!isList(value)) throw this.error(name, 'expected a list.');
    return value;
  }

  /** A list of properties; empty where the template gives none. */
  objects(name: string): Properties[] {
    return this.list(name).map((item, index) => {
      if (!isSection(item)) throw this.error(`${name}[${index}]`, 'expected entries with names.');
      const properties = new Properties(item, this.#scope, `${this.#place}.${name}[${index}]`);
      this.#nested.push([name, properties]);
      return properties;
    });
  }

  /** A map of texts; empty where the template gives none. */
  texts(name: string): Record<string, string> {
    const map = this.nested(name);
    const texts: Record<string, string> = {};
    for (const key of map.names()) {
      const value = map.text(key);
      if (value !== undefined) texts[key] = value;
    }
    return texts;
  }

  /** Properties within properties; empty where the template gives none. */
  nested(name: string): Properties {
    return this.#nest(name, name);
  }

  /** Entries that the template's author has named, such as events. */
  entries(name: string): [key: string, properties: Properties][] {
    const map = this.nested(name);
    return map.names().map((key) => [key, map.#nest(key, '*')]);
  }

  /** Marks a property as dealt with, unresolved. */
  skip(name: string): void {
    this.#read.add(name);
  }

  names(): string[] {
    return Object.keys(this.#values);
  }

  /** A text that the template must give. */
  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.error(name, 'expected a value, the template gives none.');
    return value;
  }

  error(name: string, message: string): LocalCloudError {
    return new LocalCloudError(`${this.#place}.${name}: ${message}`);
  }

  /** Names of what the template gives and nobody has read, in the form `StreamSpecification.ResourcePolicy`. */
  unread(): string[] {
    const own = this.names().filter((name) => !this.#read.has(name));
    const nested = this.#nested.flatMap(([name, properties]) =>
      properties.unread().map((unread) => `${name}.${unread}`),
    );
    return [...own, ...nested];
  }

  #nest(name: string, label: string): Properties {
    const raw = this.#values[name];
    this.#read.add(name);
    const value = isSection(raw) && !intrinsicCall(raw) ? raw : (this.value(name) ?? {});
    if (!isSection(value)) throw this.error(name, 'expected entries with names.');
    const properties = new Properties(value, this.#scope, `${this.#place}.${name}`);
    this.#nested.push([label, properties]);
    return properties;
  }
}
