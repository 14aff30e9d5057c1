import { age } from './age';

describe('age', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3599, '59 min'],
    [3600, '1 h'],
    [86_400 * 14, '14 d'],
    // Clocks differ.
    [-5, '0 s'],
  ])('given %i seconds, then tells %s', (seconds, text) => {
    expect(age(new Date(1_000_000).toISOString(), 1_000_000 + seconds * 1000)).toBe(text);
  });
});
