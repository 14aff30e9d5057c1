import { GatewayError } from './gateway-error.ts';

export interface RequestTarget {
  /** Of an absolute-form target, `localhost:3000`: it takes the place of the header Host. */
  readonly authority: string | undefined;
  /** As the client sent it. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** A path, or what goes before it as well: clients send that to a proxy, and a server has to take it. */
const TARGET = /^(?:https?:\/\/(?<authority>[^/?#@]+)(?=[/?]|$))?(?<path>(?:\/[^?]*)?)(?:\?(?<query>.*))?$/is;

/**
 * The parts of a request line's target, still encoded; `undefined` where it is neither in origin-form nor in
 * absolute-form (RFC 9112, section 3.2).
 */
export function splitTarget(
  target = '',
): (Pick<RequestTarget, 'authority' | 'path'> & { readonly query: string }) | undefined {
  const { authority, path: given, query = '' } = TARGET.exec(target)?.groups ?? {};
  // An absolute form's path may be empty, which is the same as a slash.
  const path = given === '' && authority !== undefined ? '/' : given;
  return path === undefined || path === '' ? undefined : { authority, path, query };
}

/** Reads a request line's target. Throws BAD_REQUEST_PARAMETERS for another form, and where its encoding is malformed. */
export function parseTarget(target?: string): RequestTarget {
  const parts = splitTarget(target);
  if (parts === undefined) throw new GatewayError('BAD_REQUEST_PARAMETERS');
  const { authority, path, query } = parts;
  try {
    decodeURIComponent(path);
    // URLSearchParams would take what it cannot decode as it is.
    decodeURIComponent(query);
  } catch (error) {
    throw new GatewayError('BAD_REQUEST_PARAMETERS', { cause: error });
  }
  return { authority, path, query: new URLSearchParams(query) };
}
