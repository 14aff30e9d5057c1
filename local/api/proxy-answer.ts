import { validateHeaderName, validateHeaderValue } from 'node:http';

import { GatewayError } from './gateway-error.ts';
import type { HttpAnswer } from './http-answer.ts';

type Scalar = string | number | boolean;

interface ProxyAnswer {
  readonly statusCode: number | string;
  readonly headers?: Readonly<Record<string, Scalar>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly Scalar[]>> | null;
  readonly body?: string | null;
}

const KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];
/** Facts of the connection with the client, which API Gateway does not take from a function. */
const OWN_HEADERS = ['connection', 'content-length', 'date', 'transfer-encoding'];

/**
 * A function's answer as HTTP, by "Output format of a Lambda function for proxy integration" in API Gateway's guide.
 * Throws API_CONFIGURATION_ERROR, with what is wrong as its cause, where the answer has another form.
 * A base64 body goes out as it is: API Gateway decodes it for binary media types only, and none are set.
 */
export function proxyAnswer(answer: unknown): HttpAnswer {
  const problem = problemOf(answer);
  if (problem !== undefined) throw new GatewayError('API_CONFIGURATION_ERROR', { cause: problem });
  const { statusCode, headers, multiValueHeaders, body } = answer as ProxyAnswer;
  const own = Object.entries({ ...headers, ...multiValueHeaders })
    .filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase()))
    .map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)] as const);
  for (const [name, value] of own) validateHeader(name, value);
  return {
    statusCode: Number(statusCode),
    headers: { 'Content-Type': 'application/json', ...Object.fromEntries(own) },
    body: body ?? '',
  };
}

function validateHeader(name: string, value: string | string[]): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
  } catch (error) {
    throw new GatewayError('API_CONFIGURATION_ERROR', { cause: String(error) });
  }
}

function problemOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    return `expected { statusCode, headers, body }, got ${JSON.stringify(answer)}`;
  }
  const { statusCode, headers, multiValueHeaders, body } = answer as Record<string, unknown>;
  const unknown = Object.keys(answer).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) return `expected nothing but ${KEYS.join(', ')}, got ${unknown.join(', ')}`;
  if (!isStatusCode(statusCode)) return `expected a statusCode of 100 to 599, got ${JSON.stringify(statusCode)}`;
  if (!isMap(headers, isScalar)) return 'expected headers to map names to strings';
  if (!isMap(multiValueHeaders, isScalars)) return 'expected multiValueHeaders to map names to arrays of strings';
  if (!isText(body)) return `expected the body as a string, got ${typeof body}`;
  return undefined;
}

/** API Gateway takes a number's text as well. */
function isStatusCode(value: unknown): boolean {
  return (typeof value === 'number' || typeof value === 'string') && /^[1-5]\d\d$/.test(String(value));
}

function isMap(value: unknown, isValue: (inner: unknown) => boolean): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.values(value).every(isValue));
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isScalars(value: unknown): boolean {
  return Array.isArray(value) && value.every(isScalar);
}

function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}
