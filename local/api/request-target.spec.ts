import { parseTarget } from './request-target.ts';

describe('parseTarget', () => {
  it.each([
    ['/things/1?a=1&b=%20', undefined, '/things/1', 'a=1&b=+'],
    ['//things', undefined, '//things', ''],
    ['/things/http://x/y', undefined, '/things/http://x/y', ''],
    ['http://localhost:3000/things/1?a=1', 'localhost:3000', '/things/1', 'a=1'],
    ['HTTP://[::1]:3000/things', '[::1]:3000', '/things', ''],
    ['https://things.example', 'things.example', '/', ''],
    ['http://things.example?a=/1', 'things.example', '/', 'a=%2F1'],
  ])('splits %s', (target, authority, path, query) => {
    const parsed = parseTarget(target);
    expect([parsed.authority, parsed.path, parsed.query.toString()]).toEqual([authority, path, query]);
  });

  it.each([
    '',
    '*',
    'things',
    '?a=1',
    'localhost:3000',
    'http://',
    'http:///things',
    'http://ada@host/things',
    'ftp://host/things',
    '/things/%zz',
    'http://host/%zz',
  ])('refuses %j', (target) => {
    expect(() => parseTarget(target)).toThrow('Bad Request');
  });
});
