import { evaluatePrefix } from './prefix.ts';

const MOMENT = new Date('2026-03-04T23:59:59.999Z');

describe('evaluatePrefix', () => {
  it.each([
    ['events/date=!{timestamp:yyyy-MM-dd}/', 'events/date=2026-03-04/'],
    ['!{timestamp:yyyy}/!{timestamp:HH}-', '2026/23-'],
    // Firehose adds the time where there is none.
    ['events/', 'events/2026/03/04/23/'],
    [undefined, '2026/03/04/23/'],
  ])('given %s, then answers %s', (prefix, evaluated) => {
    expect(evaluatePrefix(prefix, MOMENT)).toBe(evaluated);
  });

  it('given two random strings, then they are 11 characters each, and differ', () => {
    const [, first, second] =
      /^(.{11})\/(.{11})\/2026$/.exec(
        evaluatePrefix('!{firehose:random-string}/!{firehose:random-string}/!{timestamp:yyyy}', MOMENT),
      ) ?? [];
    expect(first).toMatch(/^[\w-]+$/);
    expect(second).not.toBe(first);
  });

  it.each(['!{partitionKeyFromQuery:customer}', '!{firehose:error-output-type}', '!{customer}'])(
    'given %s, then says what it can evaluate',
    (expression) => {
      expect(() => evaluatePrefix(`a/${expression}/`, MOMENT)).toThrow(
        `expected !{timestamp:…} or !{firehose:random-string} in "a/${expression}/", got ${expression}`,
      );
    },
  );
});
