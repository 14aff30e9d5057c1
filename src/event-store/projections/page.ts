/** Some results, and where the next page starts: the last one's id; `undefined` on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
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
