/** What API Gateway tells of a request's headers; its console sends null for none. */
export interface WithHeaders {
  readonly headers: Readonly<Record<string, string | undefined>> | null;
}

/** A request's header, whatever the case of its name. */
export function headerOf({ headers }: WithHeaders, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
