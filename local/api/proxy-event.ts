import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { IncomingMessage } from 'node:http';

import type { RequestContext } from './request-context.ts';
import type { RequestTarget } from './request-target.ts';

export interface RoutedRequest {
  readonly request: IncomingMessage;
  readonly target: RequestTarget;
  /** Of the resource, as in the template. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: Omit<RequestContext, 'resourcePath'>;
}

/** The event of a REST API's Lambda proxy integration, without its body: that is text, since no binary media types are set. */
export function proxyEvent({ request, target, path, pathParameters, context }: RoutedRequest): APIGatewayProxyEvent {
  const headers = [...headerPairs(request), ...forwarded(request)];
  const query = [...target.query];
  return {
    resource: path,
    path: target.path,
    httpMethod: context.httpMethod,
    headers: Object.fromEntries(headers),
    multiValueHeaders: multiValue(headers),
    queryStringParameters: query.length === 0 ? null : Object.fromEntries(query),
    multiValueQueryStringParameters: query.length === 0 ? null : multiValue(query),
    pathParameters: Object.keys(pathParameters).length === 0 ? null : pathParameters,
    stageVariables: null,
    requestContext: { ...context, resourcePath: path },
    body: null,
    isBase64Encoded: false,
  };
}

/** Names in the client's own spelling. */
function headerPairs({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2)
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  return pairs;
}

function forwarded({ socket }: IncomingMessage): [string, string][] {
  return [
    ['X-Forwarded-For', socket.remoteAddress ?? ''],
    ['X-Forwarded-Port', String(socket.localPort ?? '')],
    ['X-Forwarded-Proto', 'http'],
  ];
}

function multiValue(pairs: readonly [string, string][]): Record<string, string[]> {
  const grouped = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries([...grouped].map(([name, sharing]) => [name, sharing.map(([, value]) => value)]));
}
