import { listHeaderOf } from './header';

describe('listHeaderOf', () => {
  it.each([
    ['one line', { headers: { 'If-Match': 'a' } }, 'a'],
    ['several lines', { headers: { a: '2' }, multiValueHeaders: { 'IF-MATCH': ['a', 'b'], a: ['2'] } }, 'a, b'],
    ['lines in two spellings', { headers: {}, multiValueHeaders: { 'If-Match': ['a'], 'if-match': ['b'] } }, 'a, b'],
    ['none, as the console says it', { headers: null, multiValueHeaders: null }, undefined],
  ])('given %s, then answers one list', (_, request, list) => {
    expect(listHeaderOf(request, 'if-match')).toBe(list);
  });
});
