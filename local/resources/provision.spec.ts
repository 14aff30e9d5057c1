import { requireNoCircle } from './provision.ts';

function dependencies(record: Record<string, string[]>): Map<string, string[]> {
  return new Map(Object.entries(record));
}

describe('requireNoCircle', () => {
  it('when resources share what they need, then all is well', () => {
    requireNoCircle(dependencies({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }));
  });

  it.each([
    [{ a: ['a'] }, 'a → a'],
    [{ a: ['b'], b: ['c'], c: ['b'] }, 'b → c → b'],
  ])('when they are %j, then it shows the circle', (record, circle) => {
    expect(() => {
      requireNoCircle(dependencies(record));
    }).toThrow(`Resources: circular dependency ${circle}.`);
  });
});
