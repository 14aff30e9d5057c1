import type { CommandResult } from '../../event-store/commands/command-context';
import type { Page } from '../../event-store/projections/page';
import { entityTag } from './entity-tags';

/** What a controller answers, before it is an HTTP response. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of what is answered, where the body is the same as long as the version is. The client's conditions are about it. */
  readonly version?: number;
  /** Absent: the answer has no body. */
  readonly body: unknown;
}

/** An accepted command: its effect is in the event log, and soon in the projections. */
export function accepted({ id, version }: CommandResult): HttpAnswer {
  return { statusCode: 202, headers: etag(version), body: { id, version } };
}

/** What a found aggregate's answer tells beside its body. */
interface About {
  /** The ETag, for conditions such as `If-Match`. Absent where the body changes also without it. */
  readonly version?: number;
  /** Where the body holds a list: the start of its next page. */
  readonly nextCursor?: string | undefined;
}

/** An aggregate's projection. */
export function found(body: object, { version, nextCursor }: About): HttpAnswer {
  return {
    statusCode: 200,
    headers: { ...(version !== undefined && etag(version)), ...cursor(nextCursor) },
    ...(version !== undefined && { version }),
    body,
  };
}

/** A page of a list. The body is the array alone, and a header tells where the next page starts. */
export function page(items: readonly unknown[], { nextCursor }: Pick<Page<unknown>, 'nextCursor'>): HttpAnswer {
  return { statusCode: 200, headers: cursor(nextCursor), body: items };
}

function etag(version: number): Record<string, string> {
  return { ETag: entityTag(version) };
}

function cursor(next: string | undefined): Record<string, string> {
  return next === undefined ? {} : { 'X-Next-Cursor': next };
}
