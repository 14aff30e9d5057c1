import { GatewayError } from './gateway-error.ts';

export interface RequestTarget {
  /** As the client sent it. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Splits a request line's target. Throws BAD_REQUEST_PARAMETERS where it is no path or its encoding is malformed. */
export function parseTarget(target = ''): RequestTarget {
  const [, path, query = ''] = /^(\/[^?]*)(?:\?(.*))?$/s.exec(target) ?? [];
  if (path === undefined) throw new GatewayError('BAD_REQUEST_PARAMETERS');
  try {
    decodeURIComponent(path);
    // URLSearchParams would take what it cannot decode as it is.
    decodeURIComponent(query);
  } catch (error) {
    throw new GatewayError('BAD_REQUEST_PARAMETERS', { cause: error });
  }
  return { path, query: new URLSearchParams(query) };
}
