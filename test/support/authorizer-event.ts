import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

import { REQUEST_ID } from './api-event';

export const METHOD_ARN = 'arn:aws:execute-api:us-east-1:000000000000:api/dev/';

/** A request as API Gateway shows it to an authorizer; a header's values by its name. */
export function authorizerEvent(
  headers: Readonly<Record<string, string[]>>,
  httpMethod = 'GET',
): APIGatewayRequestAuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: `${METHOD_ARN}${httpMethod}/things`,
    resource: '/things',
    path: '/things',
    httpMethod,
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: headers,
    pathParameters: {},
    queryStringParameters: {},
    multiValueQueryStringParameters: {},
    stageVariables: {},
    requestContext: { requestId: REQUEST_ID } as APIGatewayRequestAuthorizerEvent['requestContext'],
  };
}
