import { accessTo, closedParameters, openParameters } from './authentication.ts';
import type { LocalIssuer } from './issuer.ts';
import type { CloudModel } from './model.ts';
import { TemplateFixture } from './template/template-fixture.ts';

const fixture = new TemplateFixture();
const OWN = fixture.template('Parameters: { authentication: {}, tokenIssuer: {}, tokenAudience: {} }');
const OTHER = fixture.template('Parameters: { authentication: {}, tokenIssuer: {} }');

describe('authentication', () => {
  const token = jest.fn((scopes: string) => Promise.resolve(`token for ${scopes}`));
  const issuer = { url: 'http://127.0.0.1:7', audience: 'local', token } as unknown as LocalIssuer;

  afterAll(() => {
    fixture.remove();
  });

  it('given a template with the parameters, then its API is open, or closed by the issuer', () => {
    expect(openParameters(OWN)).toEqual({ authentication: 'none' });
    expect(closedParameters(OWN, issuer)).toEqual({
      authentication: 'required',
      tokenIssuer: issuer.url,
      tokenAudience: 'local',
    });
  });

  it('given another template, then leaves it alone, and says what closing it needs', () => {
    expect(openParameters(OTHER)).toEqual({});
    expect(() => closedParameters(OTHER, issuer)).toThrow(
      '--auth: expected the template to have the parameters authentication, tokenIssuer and tokenAudience.',
    );
  });

  it('given authorizers, then gives a token with all scopes that they ask for, and a route without parameters', async () => {
    const authorizer = {
      functionId: 'Door',
      type: 'REQUEST',
      identityHeaders: [],
      validation: undefined,
      cacheSeconds: 0,
    } as const;
    const route = (method: string, path: string) => ({ method, path, functionId: 'Function', authorizer });
    const door = {
      environment: { contexts: 'a=things b=x,y', readScope: '{context}.see', writeScope: 'do', other: 'x' },
    };
    const model = {
      functions: new Map([['Door', door]]),
      api: { routes: [route('POST', '/things'), route('GET', '/things/{id}'), route('GET', '/things')] },
    } as unknown as CloudModel;

    await expect(accessTo(model, issuer)).resolves.toEqual({
      issuer: issuer.url,
      scopes: 'a.see do b.see',
      token: 'token for a.see do b.see',
      path: '/things',
    });
  });

  it('given no authorizer, then gives a token without scopes', async () => {
    await expect(accessTo({ functions: new Map(), api: undefined } as unknown as CloudModel, issuer)).resolves.toEqual(
      expect.objectContaining({ scopes: '', path: '/' }),
    );
  });
});
