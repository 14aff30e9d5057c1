import type { RouteModel } from '../model.ts';

export interface ResourceMatch {
  /** As in the template: `/users/{id}`. */
  readonly path: string;
  /** By method; `ANY` stands for those that are not there. */
  readonly routes: ReadonlyMap<string, RouteModel>;
  /** Percent-decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Resource {
  readonly path: string;
  readonly segments: readonly string[];
  readonly routes: ReadonlyMap<string, RouteModel>;
}

/** The resources of an API: its paths, each with its methods. */
export class Resources {
  readonly #mostSpecificFirst: readonly Resource[];

  constructor(routes: readonly RouteModel[]) {
    const resources = [...Map.groupBy(routes, ({ path }) => path)].map(([path, sharing]) => ({
      path,
      segments: segmentsOf(path),
      routes: new Map(sharing.map((route) => [route.method, route])),
    }));
    this.#mostSpecificFirst = resources.sort((one, other) => compare(one.segments, other.segments));
  }

  /** `path` as the client sent it, with or without a slash at its end. Throws a URIError where it is malformed. */
  find(path: string): ResourceMatch | undefined {
    const given = segmentsOf(path).map(decodeURIComponent);
    const resource = this.#mostSpecificFirst.find(({ segments }) => matches(segments, given));
    if (resource === undefined) return undefined;
    const { path: template, routes, segments } = resource;
    return { path: template, routes, pathParameters: parametersOf(segments, given) };
  }
}

/** A literal segment before a `{parameter}`, and that before a greedy `{proxy+}`. */
function compare(one: readonly string[], other: readonly string[]): number {
  const different = one.findIndex((segment, index) => vagueness(segment) !== vagueness(other[index]));
  return different === -1 ? 0 : vagueness(one[different]) - vagueness(other[different]);
}

function vagueness(segment = ''): number {
  if (isGreedy(segment)) return 2;
  return parameterName(segment) === undefined ? 0 : 1;
}

function matches(segments: readonly string[], given: readonly string[]): boolean {
  if (isGreedy(segments.at(-1)) ? given.length < segments.length : given.length !== segments.length) return false;
  return segments.every((segment, index) =>
    parameterName(segment) === undefined ? segment === given[index] : given[index] !== '',
  );
}

function parametersOf(segments: readonly string[], given: readonly string[]): Record<string, string> {
  const entries = segments.flatMap((segment, index) => {
    const name = parameterName(segment);
    const value = isGreedy(segment) ? given.slice(index).join('/') : given[index];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function segmentsOf(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

function parameterName(segment: string): string | undefined {
  return /^\{(.+?)\+?\}$/.exec(segment)?.[1];
}

function isGreedy(segment = ''): boolean {
  return segment.endsWith('+}');
}
