import { isKnownProperty, isKnownResource } from './known.ts';

/** Of a kind with more resources than these, their number tells more than their names. */
const NAMED = 3;

type Kinds = Map<string, Set<string>>;

/** What the template asks for and the local cloud does not do. */
export class Warnings {
  readonly #notRun: Kinds = new Map();
  readonly #ignored: Kinds = new Map();

  /** A resource or an event that does not exist locally. */
  notRun(kind: string, name: string): void {
    add(this.#notRun, kind, [name]);
  }

  /** Properties that are not acted on. */
  ignored(kind: string, names: readonly string[]): void {
    if (names.length > 0) add(this.#ignored, kind, names);
  }

  /** One line for each kind of what may make a difference. */
  lines(): string[] {
    return lines(
      select(this.#notRun, (kind) => !isKnownResource(kind)),
      select(this.#ignored, (kind, name) => !isKnownProperty(kind, name)),
    );
  }

  /** One line for each kind of what only matters on AWS. */
  leftOut(): string[] {
    return lines(select(this.#notRun, isKnownResource), select(this.#ignored, isKnownProperty));
  }
}

function select(kinds: Kinds, isWanted: (kind: string, name: string) => boolean): Kinds {
  const selected = [...kinds].map(
    ([kind, names]) => [kind, new Set([...names].filter((name) => isWanted(kind, name)))] as const,
  );
  return new Map(selected.filter(([, names]) => names.size > 0));
}

function lines(notRun: Kinds, ignored: Kinds): string[] {
  return [
    ...linesOf('Not run locally', notRun, (names) => (names.size > NAMED ? `(${names.size})` : namesOf(names))),
    ...linesOf('Ignored', ignored, namesOf),
  ];
}

function linesOf(title: string, kinds: Kinds, text: (names: ReadonlySet<string>) => string): string[] {
  return [...kinds].map(([kind, names]) => `${title}: ${kind} ${text(names)}`).sort();
}

function namesOf(names: ReadonlySet<string>): string {
  return [...names].sort().join(', ');
}

function add(map: Kinds, kind: string, names: readonly string[]): void {
  map.set(kind, new Set([...(map.get(kind) ?? []), ...names]));
}
