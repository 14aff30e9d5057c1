import { ConfigurationError } from '../../shared-kernel/errors/configuration.error';
import { RouteScopes } from './route-scopes';

const DECLARATION = {
  contexts: 'iam=users,roles crm=customers',
  readScope: '{context}:read',
  writeScope: '{context}:write',
};

describe('RouteScopes', () => {
  const scopes = new RouteScopes(DECLARATION);

  it.each([
    ['GET', '/users', 'iam:read'],
    ['GET', '/users/{id}', 'iam:read'],
    ['POST', '/roles', 'iam:write'],
    ['DELETE', '/users/{id}/roles/{roleId}', 'iam:write'],
    ['HEAD', '/users', 'iam:write'],
    ['get', '/users', 'iam:write'],
    ['GET', '/customers/{id}', 'crm:read'],
    ['PUT', '/customers/{id}/orders', 'crm:write'],
  ])('given %s %s, then it needs %s', (method, resource, scope) => {
    expect(scopes.scopeFor(method, resource)).toBe(scope);
  });

  it.each(['/orders', '/orders/users', '/', '', 'users', '//users', '/Users', '/{proxy+}', '/user', '/usersx'])(
    'given a route %s of no context, then it has no scope',
    (resource) => {
      expect(scopes.scopeFor('GET', resource)).toBeUndefined();
    },
  );

  it('given an issuer with names of its own, then takes the context into them', () => {
    const readScope = 'https://api.example.com/{context}.read';

    expect(new RouteScopes({ ...DECLARATION, readScope }).scopeFor('GET', '/customers')).toBe(
      'https://api.example.com/crm.read',
    );
  });

  it.each([
    ['no context', { contexts: 'users,roles' }],
    ['a context without routes', { contexts: 'iam=' }],
    ['a path', { contexts: 'iam=/users' }],
    ['an empty part', { contexts: 'iam=users,' }],
    ['two spaces', { contexts: 'iam=users  crm=customers' }],
    ['a part in two contexts', { contexts: 'iam=users crm=users' }],
    ['one scope for all contexts', { readScope: 'read' }],
    ['one scope for all commands', { writeScope: 'write' }],
  ])('given %s, then does not start', (_, declaration) => {
    expect(() => new RouteScopes({ ...DECLARATION, ...declaration })).toThrow(ConfigurationError);
  });
});
