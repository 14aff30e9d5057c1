/** What API Gateway tells of a request's headers; its console sends null for none. */
export interface WithHeaders {
  readonly headers: Readonly<Record<string, string | undefined>> | null;
}

/** As above, with each line of a header that came in several. */
interface WithHeaderLines extends WithHeaders {
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
}

/** A request's header, whatever the case of its name. */
export function headerOf({ headers }: WithHeaders, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** A request's header that holds a list: its lines as one, which mean the same (RFC 9110, section 5.3). */
export function listHeaderOf(request: WithHeaderLines, name: string): string | undefined {
  const lines = Object.entries(request.multiValueHeaders ?? {}).flatMap(([key, values = []]) =>
    key.toLowerCase() === name ? values : [],
  );

  return lines.length > 0 ? lines.join(', ') : headerOf(request, name);
}
