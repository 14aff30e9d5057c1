import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';

export const AUDIENCE = 'https://api.example.com';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** An OIDC issuer on 127.0.0.1 with real keys, which counts what it is asked for. */
export class TestIssuer {
  readonly requests: string[] = [];
  /** In place of what it would answer. */
  answer: { status: number; body: string } | undefined;
  /** In place of its own URL in its metadata. */
  claimedIssuer: string | undefined;
  /** Where its metadata says that its keys are: nowhere else. */
  keysPath = '/keys';
  private keys: SigningKey[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestIssuer> {
    const server = createServer((request, response) => {
      void issuer.serve(request.url ?? '').then(({ status, body }) => response.writeHead(status).end(body));
    });
    const issuer = new TestIssuer(server);

    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await issuer.rotate();
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get key(): SigningKey {
    return this.keys.at(-1)!;
  }

  /** Signs with a new key from now on, and forgets the old one. */
  async rotate(alg = 'ES256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });

    this.keys = [{ kid: `key-${Math.random()}`, alg, privateKey, publicKey }];
  }

  /** A token that everybody who trusts this issuer accepts, but for what differs. */
  token(claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}, key = this.key): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: this.url, aud: AUDIENCE, sub: 'ada', scope: 'iam:read iam:write', iat: now, exp: now + 60 };

    return new SignJWT({ ...payload, ...claims })
      .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
      .sign(key.privateKey);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async serve(path: string): Promise<{ status: number; body: string }> {
    this.requests.push(path);
    const document = await this.document(path);

    return this.answer ?? { status: document ? 200 : 404, body: JSON.stringify(document ?? {}) };
  }

  private async document(path: string): Promise<object | undefined> {
    if (path === '/.well-known/openid-configuration') {
      return { issuer: this.claimedIssuer ?? this.url, jwks_uri: `${this.url}${this.keysPath}` };
    }
    if (path !== this.keysPath) {
      return undefined;
    }
    const keys = this.keys.map(async ({ kid, alg, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg }));

    return { keys: await Promise.all(keys) };
  }
}
