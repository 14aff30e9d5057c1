import { rejection } from '../../../test/support/aggregate-spec';
import { apiEvent } from '../../../test/support/api-event';
import { MalformedRequestError } from './errors/malformed-request.error';
import { body, path, query } from './request';

describe('request parts', () => {
  it('given a request without parameters, then path and query are empty', () => {
    expect([path(apiEvent()), query(apiEvent())]).toEqual([{}, {}]);
  });

  it('given parameters, then path and query are these', () => {
    const event = apiEvent({ pathParameters: { id: 'a' }, queryStringParameters: { limit: '5' } });

    expect([path(event), query(event)]).toEqual([{ id: 'a' }, { limit: '5' }]);
  });

  it('given a body, then keeps its plain values and drops the nested', () => {
    const json = '{"text":"a","number":1,"yes":true,"nothing":null,"object":{"a":1},"array":[1]}';

    expect(body(apiEvent({ body: json }))).toEqual({ text: 'a', number: 1, yes: true, nothing: null });
  });

  it('given the same property twice, then the last one counts', () => {
    expect(body(apiEvent({ body: '{"id":"a","id":"b"}' }))).toEqual({ id: 'b' });
  });

  it('given malformed JSON, then the error has its cause', () => {
    const error = rejection(() => body(apiEvent({ body: '{"id"' })));

    expect(error).toBeInstanceOf(MalformedRequestError);
    expect(error).toHaveProperty('cause.name', 'SyntaxError');
  });
});
