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
  return { statusCode: 202, headers: etag(version), body: { id, version } };
}

/** What a found aggregate's answer tells beside its body. */
interface About {
  /** The ETag: it goes into the `If-Match` of a command that is meant for this version. */
  readonly version: number;
  /** Where the body holds a list: the start of its next page. */
  readonly nextCursor?: string | undefined;
}

/** An aggregate's projection. */
export function found(body: object, { version, nextCursor }: About): HttpAnswer {
  return { statusCode: 200, headers: { ...etag(version), ...cursor(nextCursor) }, body };
}

/** A page of a list. The body is the array alone, and a header tells where the next page starts. */
export function page(items: readonly unknown[], { nextCursor }: Pick<Page<unknown>, 'nextCursor'>): HttpAnswer {
  return { statusCode: 200, headers: cursor(nextCursor), body: items };
}

function etag(version: number): Record<string, string> {
  return { ETag: `"${version}"` };
}

function cursor(next: string | undefined): Record<string, string> {
  return next === undefined ? {} : { 'X-Next-Cursor': next };
}
