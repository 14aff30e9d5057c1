/** Of a kind with more resources than these, their number tells more than their names. */
const NAMED = 3;

/** What the template asks for and the local cloud does not do. */
export class Warnings {
  readonly #notRun = new Map<string, Set<string>>();
  readonly #ignored = new Map<string, Set<string>>();

  /** A resource or an event that does not exist locally. */
  notRun(kind: string, name: string): void {
    add(this.#notRun, kind, [name]);
  }

  /** Properties that are not acted on. */
  ignored(kind: string, names: readonly string[]): void {
    if (names.length > 0) add(this.#ignored, kind, names);
  }

  /** One line for each kind. */
  lines(): string[] {
    return [...lines('Not run locally', this.#notRun, namesOrCount), ...lines('Ignored', this.#ignored, namesOf)];
  }
}

function lines(
  title: string,
  kinds: ReadonlyMap<string, ReadonlySet<string>>,
  text: (names: ReadonlySet<string>) => string,
): string[] {
  return [...kinds].map(([kind, names]) => `${title}: ${kind} ${text(names)}`).sort();
}

function namesOrCount(names: ReadonlySet<string>): string {
  return names.size > NAMED ? `(${names.size})` : namesOf(names);
}

function namesOf(names: ReadonlySet<string>): string {
  return [...names].sort().join(', ');
}

function add(map: Map<string, Set<string>>, kind: string, names: readonly string[]): void {
  map.set(kind, new Set([...(map.get(kind) ?? []), ...names]));
}
