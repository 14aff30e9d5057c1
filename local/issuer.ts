import { OAuth2Server } from 'oauth2-mock-server';

/** Who the tokens are for, unless they are asked for somebody else. */
const SUBJECT = 'local';

/** A working day. */
const TOKEN_SECONDS = 12 * 60 * 60;

/** An OIDC issuer on this machine, which gives anybody any token: at `/token`, as OAuth 2.0 has it. */
export class LocalIssuer {
  readonly url: string;
  readonly audience: string;
  readonly #server: OAuth2Server;

  private constructor(server: OAuth2Server, audience: string) {
    this.#server = server;
    this.audience = audience;
    // Of itself it would say localhost, which may be another address.
    this.url = server.issuer.url = `http://127.0.0.1:${server.address().port}`;
    server.service.on('beforeTokenSigning', ({ payload }: { payload: { aud?: unknown; sub?: unknown } }) => {
      payload.aud ??= audience;
      payload.sub ??= SUBJECT;
    });
  }

  /** Starts it on a free port of 127.0.0.1, with a new key. */
  static async start(audience: string): Promise<LocalIssuer> {
    const server = new OAuth2Server();
    await server.issuer.keys.generate('RS256');
    await server.start(0, '127.0.0.1');
    return new LocalIssuer(server, audience);
  }

  /** A token that holds for twelve hours; `scope` is its scopes with spaces between them. */
  token(scope: string): Promise<string> {
    return this.#server.issuer.buildToken({
      expiresIn: TOKEN_SECONDS,
      scopesOrTransform: (_header, payload) => {
        Object.assign(payload, { aud: this.audience, sub: SUBJECT, scope });
      },
    });
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}
