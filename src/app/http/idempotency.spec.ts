import type { APIGatewayProxyEvent } from 'aws-lambda';

import { apiEvent } from '../../../test/support/api-event';
import { MalformedRequestError } from './errors/malformed-request.error';
import { idempotencyOf } from './idempotency';

function keyed(key: string, parts: Partial<APIGatewayProxyEvent> = {}) {
  return idempotencyOf(apiEvent({ body: '{"name":"Thing"}', ...parts, headers: { 'idempotency-key': key } }))!;
}

function of(actor: string) {
  return {
    requestContext: { authorizer: { actor } } as unknown as APIGatewayProxyEvent['requestContext'],
  };
}

describe('idempotencyOf', () => {
  it('given no key, then there is nothing to remember', () => {
    expect(idempotencyOf(apiEvent())).toBeUndefined();
  });

  it('given the same request again, then knows it as the same', () => {
    expect(keyed('k-1')).toEqual(keyed(' k-1 '));
  });

  it('given the parameters of the path in another order, then it is the same', () => {
    const [id, roleId] = ['1', '2'];

    expect(keyed('k-1', { pathParameters: { roleId, id } })).toEqual(keyed('k-1', { pathParameters: { id, roleId } }));
  });

  it.each([
    ['another key', keyed('k-2')],
    ['another method', keyed('k-1', { httpMethod: 'PUT' })],
    ['another route', keyed('k-1', { resource: '/others' })],
    ['somebody', keyed('k-1', of('ada'))],
  ])('given %s, then it is another key', (_, other) => {
    expect(other.key).not.toBe(keyed('k-1').key);
  });

  it('given subjects and keys that look alike when joined, then they are different keys', () => {
    expect(keyed('b","c', of('a')).key).not.toBe(keyed('c', of('a","b')).key);
  });

  it.each([
    ['another body', keyed('k-1', { body: '{"name":"Other"}' })],
    ['no body', keyed('k-1', { body: null })],
    ['another id in the path', keyed('k-1', { pathParameters: { id: '1' } })],
  ])('given %s, then the key is the same and the fingerprint another', (_, other) => {
    expect(other.key).toBe(keyed('k-1').key);
    expect(other.fingerprint).not.toBe(keyed('k-1').fingerprint);
  });

  it.each(['', '   ', 'two words', 'schl\u00fcssel', 'x'.repeat(256)])(
    'given the key "%s", then says what was expected',
    (key) => {
      expect(() => keyed(key)).toThrow(MalformedRequestError);
    },
  );

  it('given the longest key, then takes it', () => {
    expect(keyed('x'.repeat(255)).key).toContain('xxx');
  });
});
