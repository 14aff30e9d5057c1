import type { CommandResult } from '../../event-store/commands/command-context';
import type { Page } from '../../event-store/projections/page';

/** What a controller answers, before it is an HTTP response. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An accepted command: its effect is in the event log, and soon in the projections. */
export function accepted({ id, version }: CommandResult): HttpAnswer {
  return { statusCode: 202, headers: { ETag: `"${version}"` }, body: { id, version } };
}

export function found(body: object): HttpAnswer {
  return { statusCode: 200, body };
}

/** The first argument is the body, most often the page's own items; where the next page starts is told beside it. */
export function page(body: unknown, { nextCursor }: Pick<Page<unknown>, 'nextCursor'>): HttpAnswer {
  return { statusCode: 200, headers: nextCursor === undefined ? {} : { 'X-Next-Cursor': nextCursor }, body };
}
