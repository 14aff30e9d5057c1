import type { ApiModel, GatewayResponseModel } from '../model.ts';
import type { GatewayError } from './gateway-error.ts';
import type { HttpAnswer } from './http-answer.ts';

const JSON_TYPE = 'application/json';
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/**
 * The answer to an error: the API's gateway response of that type, else its DEFAULT_4XX or DEFAULT_5XX, else AWS' own.
 * `context` is what its template may name as `$context`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function gatewayAnswer(error: GatewayError, api: ApiModel, context: object): HttpAnswer {
  const model = responseModel(error, api);
  const { message, type: responseType } = error;
  const [mediaType, template] = templateOf(model);
  return {
    statusCode: model?.statusCode ?? error.statusCode,
    headers: { 'Content-Type': mediaType, 'x-amzn-ErrorType': error.errorType, ...model?.headers },
    body: render(template, {
      ...context,
      error: { message, messageString: JSON.stringify(message), responseType },
    }),
  };
}

function responseModel(error: GatewayError, { gatewayResponses }: ApiModel): GatewayResponseModel | undefined {
  return gatewayResponses[error.type] ?? gatewayResponses[error.statusCode < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
}

function templateOf(model: GatewayResponseModel | undefined): readonly [string, string] {
  const templates = model?.templates ?? {};
  const [first] = Object.entries(templates);
  const json = templates[JSON_TYPE];
  return json === undefined ? (first ?? [JSON_TYPE, DEFAULT_TEMPLATE]) : [JSON_TYPE, json];
}

function render(template: string, context: object): string {
  return template.replace(/\$context((?:\.\w+)+)/g, (_variable, path: string) => {
    const names = path.split('.').slice(1);
    const value = names.reduce<unknown>(
      (inner, name) => (inner as Record<string, unknown> | undefined)?.[name],
      context,
    );
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}
