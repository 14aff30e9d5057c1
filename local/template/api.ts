import type { ApiModel, GatewayResponseModel, RouteModel } from '../model.ts';
import type { Properties } from './properties.ts';

/** The API that SAM makes for the events that name none, and its stage. */
export const IMPLICIT_API = 'ServerlessRestApi';
const IMPLICIT_STAGE = 'Prod';

/** Reads an `Api` event; answers the route and the logical id of its API. */
export function readRoute(functionId: string, event: Properties): { apiId: string; route: RouteModel } {
  return {
    apiId: event.text('RestApiId') ?? IMPLICIT_API,
    route: {
      method: event.requiredText('Method').toUpperCase(),
      path: event.requiredText('Path'),
      functionId,
    },
  };
}

/** Reads an `AWS::Serverless::Api`. */
export function readApi(properties: Properties, routes: readonly RouteModel[]): ApiModel {
  return {
    routes,
    stage: properties.text('StageName') ?? IMPLICIT_STAGE,
    corsHeaders: corsHeaders(properties, routes),
    gatewayResponses: Object.fromEntries(
      properties.entries('GatewayResponses').map(([type, response]) => [type, gatewayResponse(response)]),
    ),
  };
}

/** `Cors` is the allowed origin, or a map; the methods of all routes are allowed where it names none. */
function corsHeaders(properties: Properties, routes: readonly RouteModel[]): Record<string, string> | undefined {
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
