import { apiEvent } from '../../../test/support/api-event';
import { MalformedRequestError } from './errors/malformed-request.error';
import { expectedVersionOf } from './expected-version';

const read = (value: string) => expectedVersionOf(apiEvent({ headers: { 'If-Match': value } }));

describe('expectedVersionOf', () => {
  it.each([
    ['"3"', 3],
    [' "12" ', 12],
    ['"0"', 0],
    ['*', undefined],
  ])('given If-Match: %s, then expects %s', (value, version) => {
    expect(read(value)).toBe(version);
  });

  it('given no If-Match, then expects nothing', () => {
    expect(expectedVersionOf(apiEvent())).toBeUndefined();
  });

  it.each(['3', '', '"03"', '"-1"', 'W/"3"', '"3", "4"', '"abc"', '"1e3"', '"9999999999999999"'])(
    'given If-Match: %s, then says what was expected',
    (value) => {
      expect(() => read(value)).toThrow(MalformedRequestError);
    },
  );
});
