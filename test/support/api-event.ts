import type { APIGatewayEventRequestContext, APIGatewayProxyEvent } from 'aws-lambda';

export const REQUEST_ID = '6b0e9b1c-52a5-4c8e-9d66-0b1f3d3c7a10';

/** A request as API Gateway hands it to a Lambda function, with nothing in it but these parts. */
export function apiEvent(parts: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  return {
    resource: '/things',
    path: '/things',
    httpMethod: 'POST',
    headers: {},
    multiValueHeaders: {},
    pathParameters: null,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    requestContext: { requestId: REQUEST_ID } as APIGatewayEventRequestContext,
    body: null,
    isBase64Encoded: false,
    ...parts,
  };
}
