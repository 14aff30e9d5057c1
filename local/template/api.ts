import type { ApiModel, GatewayResponseModel, RouteModel } from '../model.ts';
import { readAuth } from './authorizer.ts';
import type { Properties } from './properties.ts';
import type { Warnings } from './warnings.ts';

/** The API that SAM makes for the events that name none, and its stage. */
export const IMPLICIT_API = 'ServerlessRestApi';
const IMPLICIT_STAGE = 'Prod';

/** A route as its event says; what its authorizer's name stands for, its API knows. */
export interface DeclaredRoute extends Omit<RouteModel, 'authorizer'> {
  /** Logical id. */
  readonly apiId: string;
  /** Absent: the one of the API. */
  readonly authorizerName: string | undefined;
}

/** Reads an `Api` event. */
export function readRoute(functionId: string, event: Properties): DeclaredRoute {
  return {
    apiId: event.text('RestApiId') ?? IMPLICIT_API,
    method: event.requiredText('Method').toUpperCase(),
    path: event.requiredText('Path'),
    functionId,
    authorizerName: event.nested('Auth').text('Authorizer'),
  };
}

/** Reads an `AWS::Serverless::Api`. */
export function readApi(properties: Properties, routes: readonly DeclaredRoute[], warnings: Warnings): ApiModel {
  const auth = readAuth(properties.nested('Auth'), warnings);
  return {
    routes: routes.map(({ method, path, functionId, authorizerName }) => ({
      method,
      path,
      functionId,
      authorizer: auth.authorizer(authorizerName),
    })),
    preflightAuthorizer: auth.preflight,
    stage: properties.text('StageName') ?? IMPLICIT_STAGE,
    corsHeaders: corsHeaders(properties, routes),
    gatewayResponses: Object.fromEntries(
      properties.entries('GatewayResponses').map(([type, response]) => [type, gatewayResponse(response)]),
    ),
  };
}

/** `Cors` is the allowed origin, or a map; the methods of all routes are allowed where it names none. */
function corsHeaders(properties: Properties, routes: readonly DeclaredRoute[]): Record<string, string> | undefined {
  const given = properties.value('Cors');
  if (given === undefined) return undefined;
  const cors = typeof given === 'string' ? { AllowOrigin: given } : properties.texts('Cors');
  const methods = [...new Set(['OPTIONS', ...routes.map(({ method }) => method)])].sort().join();
  const headers = {
    'Access-Control-Allow-Methods': cors.AllowMethods ?? methods,
    'Access-Control-Allow-Headers': cors.AllowHeaders,
    'Access-Control-Allow-Origin': cors.AllowOrigin,
    'Access-Control-Max-Age': cors.MaxAge,
    'Access-Control-Allow-Credentials': cors.AllowCredentials,
  };
  return unquoted(headers);
}

function gatewayResponse(response: Properties): GatewayResponseModel {
  return {
    statusCode: response.number('StatusCode'),
    headers: unquoted(response.nested('ResponseParameters').texts('Headers')),
    templates: response.texts('ResponseTemplates'),
  };
}

/** API Gateway writes a literal header value in single quotes. */
function unquoted(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, value.replace(/^'(.*)'$/s, '$1')]));
}
