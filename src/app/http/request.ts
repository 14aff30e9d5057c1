import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type ClassConstructor, plainToInstance } from 'class-transformer';

import { assertValid } from '../../shared-kernel/validation/assert-valid';
import { MalformedRequestError } from './errors/malformed-request.error';
import { PayloadTooLargeError } from './errors/payload-too-large.error';

/** The largest body that is read. No command needs more; API Gateway would let 10 MB through. */
const MAXIMUM_BODY_BYTES = 64 * 1024;

/** Where in a request values come from. */
type RequestPart = (event: APIGatewayProxyEvent) => Readonly<Record<string, unknown>>;

export const path: RequestPart = (event) => event.pathParameters ?? {};

export const query: RequestPart = (event) => event.queryStringParameters ?? {};

/** What a route takes from a request. */
export interface Input<TDto extends object> {
  readonly dto: ClassConstructor<TDto>;
  /** Parts of the request that make the DTO; a later one wins. */
  readonly from: readonly RequestPart[];
}

/** @throws ValidationError, and what reading the parts throws */
export function read<TDto extends object>({ dto, from }: Input<TDto>, event: APIGatewayProxyEvent): TDto {
  const values = plainToInstance(dto, Object.assign({}, ...from.map((part) => part(event))) as object);

  assertValid(values);
  return values;
}

/**
 * The properties of the JSON body that are plain values; a nested one is as good as missing, since no command has any.
 *
 * @throws PayloadTooLargeError, MalformedRequestError
 */
export const body: RequestPart = (event) => {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');

  if (bytes.length > MAXIMUM_BODY_BYTES) {
    throw new PayloadTooLargeError(`Expected a body of at most ${MAXIMUM_BODY_BYTES} bytes, and got ${bytes.length}.`);
  }
  return Object.fromEntries(Object.entries(parseObject(bytes.toString())).filter(([, value]) => !isNested(value)));
};

function parseObject(text: string): object {
  let value: unknown;

  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MalformedRequestError(`Expected a JSON object as the body: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  if (!isNested(value) || Array.isArray(value)) {
    throw new MalformedRequestError('Expected a JSON object as the body, and got another JSON value.');
  }
  return value;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
