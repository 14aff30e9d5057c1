import { parseEvent } from './parse-event';

const event = {
  id: '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04',
  $name: 'org/bank/account/opened',
  $version: 1,
  owner: 'Ada',
};

describe('parseEvent', () => {
  it('given an event as JSON, then gives it with all that it holds', () => {
    expect(parseEvent(JSON.stringify(event))).toEqual(event);
  });

  it('given text that is no JSON, then says so', () => {
    expect(() => parseEvent('{"id":')).toThrow(SyntaxError);
  });

  it.each([
    ['nothing', null],
    ['a text', 'opened'],
    ['a list of events', [event]],
    ['no id', { ...event, id: undefined }],
    ['no name', { ...event, $name: undefined }],
    ['no version', { ...event, $version: undefined }],
    ['a version that is no number', { ...event, $version: '1' }],
  ])('given JSON with %s, then says what an event needs', (_, value) => {
    expect(() => parseEvent(JSON.stringify(value))).toThrow(
      /^Expected an event with id, \$name and \$version, and got /,
    );
  });
});
