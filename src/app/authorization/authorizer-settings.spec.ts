import { authorizerSettings } from './authorizer-settings';

const ISSUER = 'https://issuer.example.com';
const CLOSED = {
  authentication: 'required',
  tokenIssuer: ISSUER,
  tokenAudience: 'api',
  contexts: 'iam=users',
  readScope: '{context}:r',
  writeScope: '{context}:w',
};

describe('authorizerSettings', () => {
  const before = process.env;

  afterEach(() => {
    process.env = before;
  });

  function settings(variables: Record<string, string>) {
    process.env = { stage: 'prod', ...CLOSED, ...variables };
    return authorizerSettings();
  }

  it('given an issuer and an audience, then asks for their tokens', () => {
    expect(settings({}).tokens).toEqual({ issuer: ISSUER, audience: 'api' });
  });

  it('given contexts and their scopes, then asks for these', () => {
    const { scopes } = settings({});

    expect(['GET', 'PUT'].map((method) => scopes.scopeFor(method, '/users'))).toEqual(['iam:r', 'iam:w']);
  });

  it('given none in dev, then asks for no token', () => {
    expect(
      settings({ stage: 'dev', authentication: 'none', tokenIssuer: '', tokenAudience: '' }).tokens,
    ).toBeUndefined();
  });

  it('given an issuer without TLS in dev, then takes it', () => {
    expect(settings({ stage: 'dev', tokenIssuer: 'http://127.0.0.1:9' }).tokens?.issuer).toBe('http://127.0.0.1:9');
  });

  it.each([
    ['none in prod', { authentication: 'none' }],
    ['none in stage', { authentication: 'none', stage: 'stage' }],
    ['none in no stage', { authentication: 'none', stage: '' }],
    ['an unknown word', { authentication: 'None', stage: 'dev' }],
    ['no word', { authentication: '', stage: 'dev' }],
    ['no issuer', { tokenIssuer: '' }],
    ['no issuer in dev', { tokenIssuer: '', stage: 'dev' }],
    ['no audience', { tokenAudience: '' }],
    ['no audience in dev', { tokenAudience: '', stage: 'dev' }],
    ['an issuer without TLS', { tokenIssuer: 'http://127.0.0.1:9' }],
    ['no contexts', { contexts: '' }],
    ['no scope for reading', { readScope: '' }],
    ['no scope for writing', { writeScope: '' }],
  ])('given %s, then does not start', (_, variables) => {
    expect(() => settings(variables)).toThrow(/^Expected the (parameter|environment variable)/);
  });
});
