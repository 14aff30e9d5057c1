import type { Logger } from '@aws-lambda-powertools/logger';
import { exportSPKI, type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

import { authorizerEvent, METHOD_ARN } from '../../../test/support/authorizer-event';
import { AUDIENCE, TestIssuer } from '../../../test/support/issuer';
import { Authorizer } from './authorizer';
import { IssuerKeys } from './issuer-keys';
import { RouteScopes } from './route-scopes';
import { TokenVerifier } from './token-verifier';

const SCOPES = new RouteScopes({ contexts: 'iam=things', readScope: '{context}:read', writeScope: '{context}:write' });
const NOW = () => Math.floor(Date.now() / 1000);

describe('Authorizer', () => {
  const log = { warn: jest.fn(), error: jest.fn() };
  let issuer: TestIssuer;
  let authorizer: Authorizer;

  beforeEach(async () => {
    log.warn.mockReset();
    log.error.mockReset();
    issuer = await TestIssuer.start();
    authorizer = authorizerFor(issuer.url);
  });

  afterEach(() => issuer.stop());

  const authorizerFor = (url: string, now?: () => number) =>
    new Authorizer(
      new TokenVerifier({ issuer: url, audience: AUDIENCE }, new IssuerKeys(url, now).find),
      SCOPES,
      log as unknown as Logger,
    );
  const bearer = (token: string) => ({ Authorization: [`Bearer ${token}`] });
  const ask = (token: string, method?: string) => authorizer.authorize(authorizerEvent(bearer(token), method));
  const effectOf = async (token: string, method: string) =>
    (await ask(token, method)).policyDocument.Statement.map(({ Effect }) => Effect).join();
  const logged = () => JSON.stringify([log.warn.mock.calls, log.error.mock.calls]);

  describe('given a valid token', () => {
    it('when asked, then allows this method of this path, to its subject', async () => {
      await expect(ask(await issuer.token())).resolves.toEqual({
        principalId: 'ada',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${METHOD_ARN}GET/things` }],
        },
        context: { actor: 'ada' },
      });
      expect(logged()).toBe('[[],[]]');
    });

    it.each(['RS256', 'PS384', 'ES256', 'EdDSA'])('when it is signed by %s, then takes it', async (alg) => {
      await issuer.rotate(alg);

      expect(await effectOf(await issuer.token(), 'GET')).toBe('Allow');
    });

    it.each([
      ['authorization', 'bearer'],
      ['AUTHORIZATION', 'BEARER '],
    ])('when the header is called %s and the scheme %s, then takes it', async (name, scheme) => {
      const event = authorizerEvent({ [name]: [`${scheme} ${await issuer.token()}`] });

      await expect(authorizer.authorize(event)).resolves.toMatchObject({ principalId: 'ada' });
    });

    it('when this API is one of several audiences, then takes it', async () => {
      expect(await effectOf(await issuer.token({ aud: ['https://other', AUDIENCE] }), 'GET')).toBe('Allow');
    });

    it('when many ask at once, then asks the issuer once', async () => {
      const token = await issuer.token();

      await Promise.all(Array.from({ length: 20 }, () => ask(token)));
      expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
    });
  });

  describe('given scopes', () => {
    it.each([
      ['iam:read', 'Allow', 'Deny'],
      ['iam:write', 'Deny', 'Allow'],
      ['iam:read iam:write', 'Allow', 'Allow'],
      ['openid  iam:write profile', 'Deny', 'Allow'],
      ['', 'Deny', 'Deny'],
      ['iam:readwrite iam:* iam IAM:READ *', 'Deny', 'Deny'],
    ])('when they are "%s", then reading is: %s, and everything else: %s', async (scope, read, others) => {
      const token = await issuer.token({ scope });

      expect(await effectOf(token, 'GET')).toBe(read);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANYTHING']) {
        expect([method, await effectOf(token, method)]).toEqual([method, others]);
      }
    });

    it.each([[['iam:read']], ['openid iam:read']])(
      'when the issuer calls them scp, %j, then reads them',
      async (scp) => {
        const token = await issuer.token({ scope: undefined, scp });

        expect([await effectOf(token, 'GET'), await effectOf(token, 'POST')]).toEqual(['Allow', 'Deny']);
      },
    );

    it.each([undefined, 7, { read: true }])('when they are %j, then there are none', async (scope) => {
      expect(await effectOf(await issuer.token({ scope }), 'GET')).toBe('Deny');
    });

    it('when one is missing, then logs which, to whom', async () => {
      await ask(await issuer.token({ scope: 'iam:read' }), 'PUT');

      expect(log.warn.mock.calls).toEqual([
        [
          'Request forbidden.',
          expect.objectContaining({ actor: 'ada', missingScope: 'iam:write', route: 'PUT /things' }),
        ],
      ]);
    });
  });

  describe('given a route of no context', () => {
    const event = async () => ({
      ...authorizerEvent(bearer(await issuer.token({ scope: 'iam:read iam:write orders:read' }))),
      resource: '/orders/{id}',
    });

    it.each([
      ['a closed API', () => authorizer],
      ['an open API', () => new Authorizer(undefined, SCOPES, log as unknown as Logger)],
    ])('when it belongs to %s, then refuses everybody, and logs what to add where', async (_, asked) => {
      const { policyDocument, context } = await asked().authorize(await event());

      expect([policyDocument.Statement.map(({ Effect }) => Effect), context]).toEqual([['Deny'], undefined]);
      expect(log.error.mock.calls).toEqual([
        [
          'Request forbidden: its route belongs to no context.',
          expect.objectContaining({
            route: 'GET /orders/{id}',
            remedy: 'Add orders to a context, in the variable contexts of Authorizer in template.yaml.',
          }),
        ],
      ]);
    });
  });

  describe('given no valid token', () => {
    const refused = async (headers: Record<string, string[]>) => {
      await expect(authorizer.authorize(authorizerEvent(headers))).rejects.toMatchObject({ message: 'Unauthorized' });
      expect(log.warn.mock.lastCall).toEqual([
        'Request unauthorized.',
        expect.objectContaining({ route: 'GET /things' }),
      ]);
      expect(log.error).not.toHaveBeenCalled();
    };

    it.each([
      ['no header', {}],
      ['an empty header', { Authorization: [''] }],
      ['another scheme', { Authorization: ['Basic YWRhOmFkYQ=='] }],
      ['the scheme alone', { Authorization: ['Bearer '] }],
      ['text', { Authorization: ['Bearer text'] }],
      ['three parts of nothing', { Authorization: ['Bearer a.b.c'] }],
      ['five parts', { Authorization: ['Bearer a.b.c.d.e'] }],
      ['somebody’s name', { 'X-Actor': ['ada'], 'x-amzn-oidc-identity': ['ada'] }],
    ])('when it has %s, then is unauthorized', (_, headers) => refused(headers));

    it('when there are two Authorization headers, of which one is valid, then is unauthorized', async () => {
      const valid = `Bearer ${await issuer.token()}`;

      await refused({ Authorization: [valid, 'Bearer other'] });
      await refused({ Authorization: ['Bearer other', valid] });
      await refused({ Authorization: [valid], authorization: [valid] });
      await refused({ Authorization: [`${valid}, ${valid}`] });
    });

    it.each<[string, JWTPayload]>([
      ['expired', { exp: NOW() - 60 }],
      ['not yet valid', { nbf: NOW() + 600 }],
      ['of another issuer', { iss: 'https://issuer.example.com' }],
      ['of no issuer', { iss: undefined }],
      ['for another audience', { aud: `${AUDIENCE}/other` }],
      ['for nobody', { aud: undefined }],
      ['without an end', { exp: undefined }],
      ['without a subject', { sub: undefined }],
      ['with an empty subject', { sub: '' }],
      ['with a subject of 256 characters', { sub: 'x'.repeat(256) }],
      ['with a subject that ends a text in JSON', { sub: 'ada","actor":"eve' }],
      ['with a subject of two lines', { sub: 'ada\n{"actor":"eve"}' }],
      ['with a noncharacter in its subject', { sub: 'ada\uffff' }],
      ['with half a surrogate pair in its subject', { sub: 'ada\ud83d' }],
      ['with a subject that is no text', { sub: 7 as unknown as string }],
    ])('when it is %s, then is unauthorized', async (_, claims) => refused(bearer(await issuer.token(claims))));

    it('when it is altered, then is unauthorized', async () => {
      const [header, , signature] = (await issuer.token({ scope: '' })).split('.');
      const [, payload] = (await issuer.token()).split('.');

      await refused(bearer([header, payload, signature].join('.')));
    });

    it('when it is not signed, then is unauthorized', async () => {
      const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'ada', scope: 'iam:read', exp: NOW() + 60 };

      await refused(bearer(new UnsecuredJWT(claims).encode()));
      await refused(bearer(`${new UnsecuredJWT(claims).encode()}AAAA`));
    });

    it('when the public key has been its secret, then is unauthorized', async () => {
      const secret = new TextEncoder().encode(await exportSPKI(issuer.key.publicKey));
      const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'ada', scope: 'iam:read', exp: NOW() + 60 };

      await refused(
        bearer(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: issuer.key.kid }).sign(secret)),
      );
      expect(issuer.requests).toEqual([]);
    });

    it('when it brings its own key along, then is unauthorized, and nobody else is asked', async () => {
      const forger = await TestIssuer.start();
      const { keys } = (await (await fetch(`${forger.url}/keys`)).json()) as { keys: JWTHeaderParameters['jwk'][] };
      const forged: JWTHeaderParameters = {
        alg: forger.key.alg,
        jku: `${forger.url}/keys`,
        x5u: forger.url,
        jwk: keys[0]!,
      };

      forger.requests.splice(0);
      for (const kid of [forger.key.kid, issuer.key.kid, '../keys']) {
        await refused(bearer(await issuer.token({}, { ...forged, kid }, forger.key)));
      }
      expect(forger.requests).toEqual([]);
      await forger.stop();
    });

    it('when it asks for an extension that nobody knows, then is unauthorized', async () => {
      const { alg, kid, privateKey } = issuer.key;
      const token = new SignJWT({ iss: issuer.url, aud: AUDIENCE, sub: 'ada', exp: NOW() + 60 });

      await refused(
        bearer(await token.setProtectedHeader({ alg, kid, crit: ['x'], x: 1 }).sign(privateKey, { crit: { x: true } })),
      );
    });

    it('when it is refused, then the log has the reason and not the token', async () => {
      const token = await issuer.token({ exp: NOW() - 60 });

      await refused(bearer(token));
      expect(logged()).toContain('ERR_JWT_EXPIRED');
      expect(logged()).not.toContain(token.split('.')[1]);
    });
  });

  describe('given keys that change', () => {
    beforeEach(() =>
      jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }),
    );
    afterEach(() => jest.useRealTimers());

    const pass = (seconds: number) => {
      jest.setSystemTime(Date.now() + seconds * 1000);
    };
    const count = () => issuer.requests.filter((path) => path === '/keys').length;

    it('when there is a new key, then takes it, and the old one no more', async () => {
      const old = issuer.key;

      await ask(await issuer.token());
      await issuer.rotate();
      pass(31);
      expect(await effectOf(await issuer.token(), 'GET')).toBe('Allow');
      await expect(ask(await issuer.token({}, {}, old))).rejects.toThrow('Unauthorized');
    });

    it('when a key is gone, then takes its tokens for ten minutes at most', async () => {
      const old = issuer.key;

      await ask(await issuer.token());
      await issuer.rotate();
      pass(601);
      await expect(ask(await issuer.token({ exp: NOW() + 60 }, {}, old))).rejects.toThrow('Unauthorized');
    });

    it('when the keys are elsewhere, and new, then looks where the metadata now says', async () => {
      await ask(await issuer.token());
      issuer.keysPath = '/keys-of-2026';
      await issuer.rotate();
      pass(31);

      expect(await effectOf(await issuer.token(), 'GET')).toBe('Allow');
      expect(issuer.requests.slice(2)).toEqual(['/.well-known/openid-configuration', '/keys-of-2026']);
    });

    it('when the keys are elsewhere, and have been kept long enough, then looks there as well', async () => {
      await ask(await issuer.token());
      issuer.keysPath = '/keys-of-2026';
      pass(601);

      expect(await effectOf(await issuer.token(), 'GET')).toBe('Allow');
    });

    it('when a storm of tokens names keys that are unknown, then asks the issuer once in 30 seconds', async () => {
      const storm = async () => {
        for (let index = 0; index < 50; index += 1) {
          await expect(ask(await issuer.token({}, { kid: `unknown-${index}` }))).rejects.toThrow('Unauthorized');
        }
      };

      await ask(await issuer.token());
      await storm();
      expect(count()).toBe(1);
      pass(31);
      await storm();
      expect(issuer.requests).toHaveLength(4);
      expect(count()).toBe(2);
      expect(await effectOf(await issuer.token(), 'GET')).toBe('Allow');
    });
  });

  describe('given an issuer that fails', () => {
    const fails = async (token: string) => {
      await expect(ask(token)).rejects.toMatchObject({ code: 'IssuerUnavailable' });
      expect(log.error.mock.lastCall).toEqual([
        'The token could not be checked.',
        expect.objectContaining({ error: expect.objectContaining({ code: 'IssuerUnavailable' }) as unknown }),
      ]);
    };

    it('when it is down, then lets nobody in, and says that it is our fault', async () => {
      const token = await issuer.token();

      authorizer = authorizerFor('http://127.0.0.1:1');
      await fails(token);
    });

    it.each([
      ['an error', { status: 500, body: '{}' }],
      ['another page', { status: 200, body: '<html>' }],
      ['no keys', { status: 200, body: '{}' }],
    ])('when it answers with %s, then lets nobody in, and asks again in five seconds', async (_, answer) => {
      const token = await issuer.token();
      let now = 0;

      authorizer = authorizerFor(issuer.url, () => now);
      issuer.answer = answer;
      for (let index = 0; index < 20; index += 1) {
        await fails(token);
      }
      expect(issuer.requests).toHaveLength(1);
      issuer.answer = undefined;
      now = 5_000;
      expect(await effectOf(token, 'GET')).toBe('Allow');
    });

    it('when it is down once its keys are known, then takes its tokens', async () => {
      const token = await issuer.token();

      await ask(token);
      issuer.answer = { status: 500, body: '' };
      expect(await effectOf(token, 'GET')).toBe('Allow');
    });

    it('when it is down while strangers name unknown keys, then takes its own tokens, and is asked once in five seconds', async () => {
      const token = await issuer.token();
      const unknown = await issuer.token({}, { kid: 'unknown' });
      let now = 0;

      authorizer = authorizerFor(issuer.url, () => now);
      await ask(token);
      now = 31_000;
      issuer.answer = { status: 500, body: '' };
      for (let index = 0; index < 20; index += 1) {
        await fails(unknown);
        expect(await effectOf(token, 'GET')).toBe('Allow');
      }
      expect(issuer.requests).toHaveLength(3);
      now = 36_000;
      issuer.answer = undefined;
      await expect(ask(unknown)).rejects.toThrow('Unauthorized');
    });

    it('when its metadata is another issuer’s, then lets nobody in', async () => {
      issuer.claimedIssuer = 'https://issuer.example.com';
      await fails(await issuer.token());
      expect(issuer.requests).toEqual(['/.well-known/openid-configuration']);
    });
  });

  describe('given an open API', () => {
    it('when anybody asks, then lets them in, and nobody is known by what they say of themselves', async () => {
      const open = new Authorizer(undefined, SCOPES, log as unknown as Logger);
      const event = authorizerEvent({ ...bearer(await issuer.token()), 'X-Actor': ['eve'] }, 'POST');

      const answer = await open.authorize(event);

      expect(answer.policyDocument.Statement).toMatchObject([{ Effect: 'Allow' }]);
      expect(answer.context).toBeUndefined();
      expect(issuer.requests).toEqual([]);
    });
  });
});
