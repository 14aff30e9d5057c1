import { Resources } from './resources.ts';

function route(path: string, method = 'GET'): { method: string; path: string; functionId: string } {
  return { method, path, functionId: `${method} ${path}` };
}

const resources = new Resources([
  route('/things/{proxy+}'),
  route('/things/{id}'),
  route('/things/{id}/parts/{part}'),
  route('/things/new'),
  route('/things'),
  route('/things', 'POST'),
  route('/'),
]);

function pathOf(path: string): string | undefined {
  return resources.find(path)?.routes.get('GET')?.path;
}

describe('Resources', () => {
  it.each([
    ['/', '/'],
    ['/things', '/things'],
    ['/things/', '/things'],
    ['/things/new', '/things/new'],
    ['/things/7', '/things/{id}'],
    ['/things/7/parts/8', '/things/{id}/parts/{part}'],
    ['/things/7/parts', '/things/{proxy+}'],
    ['/things/7/parts/8/9', '/things/{proxy+}'],
    ['/other', undefined],
    ['/Things', undefined],
    ['//', undefined],
    ['/things//', undefined],
  ])('finds for %s the most specific resource, %s', (path, expected) => {
    expect(pathOf(path)).toBe(expected);
  });

  it('knows the methods of a path', () => {
    expect([...(resources.find('/things')?.routes.keys() ?? [])]).toEqual(['GET', 'POST']);
  });

  it('decodes parameters after it has split the path', () => {
    expect(resources.find('/things/a%2Fb%20c/parts/%C3%BC')?.pathParameters).toEqual({ id: 'a/b c', part: 'ü' });
    expect(resources.find('/things/a/b/c')?.pathParameters).toEqual({ proxy: 'a/b/c' });
    expect(resources.find('/things')?.pathParameters).toEqual({});
  });
});
