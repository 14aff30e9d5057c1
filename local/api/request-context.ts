import type { APIGatewayProxyEvent } from 'aws-lambda';
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { splitTarget } from './request-target.ts';

export type RequestContext = APIGatewayProxyEvent['requestContext'];

/** What API Gateway tells of a request beside the request itself; the resource is known later. */
export function requestContext(request: IncomingMessage, stage: string): Omit<RequestContext, 'resourcePath'> {
  const now = new Date();
  const target = splitTarget(request.url);
  const domainName = target?.authority ?? request.headers.host ?? '';
  return {
    accountId: '000000000000',
    apiId: 'local',
    authorizer: undefined,
    domainName,
    domainPrefix: domainName.split('.')[0],
    extendedRequestId: randomBytes(11).toString('base64'),
    httpMethod: request.method ?? '',
    identity: identity(request),
    path: `/${stage}${target?.path ?? request.url?.split('?')[0] ?? ''}`,
    protocol: `HTTP/${request.httpVersion}`,
    requestId: randomUUID(),
    requestTime: commonLogTime(now),
    requestTimeEpoch: now.getTime(),
    resourceId: 'local',
    stage,
  };
}

function identity({ socket, headers }: IncomingMessage): RequestContext['identity'] {
  return {
    accessKey: null,
    accountId: null,
    apiKey: null,
    apiKeyId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: socket.remoteAddress ?? '',
    user: null,
    userAgent: headers['user-agent'] ?? null,
    userArn: null,
  };
}

/** `09/Apr/2015:12:34:56 +0000` */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
