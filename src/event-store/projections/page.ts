/** Some results of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Id of the last item, after which the next page starts; `undefined` on the last page. */
  readonly nextCursor: string | undefined;
}

export interface PageRequest {
  /** At most so many results. */
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** Only results whose property contains the value, compared letter by letter. */
export interface Filter {
  readonly property: string;
  readonly value: string;
}
