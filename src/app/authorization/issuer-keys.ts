import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';

import { IssuerUnavailableError } from './issuer-unavailable.error';

/** Milliseconds. */
const TIMEOUT = 5_000;
const PAUSE_AFTER_FAILURE = 5_000;
const KEPT = 600_000;
const PAUSE_AFTER_UNKNOWN_KEY = 30_000;

/** What is wrong with the token; everything else that goes wrong on the way to a key is the issuer's fault. */
const TOKEN_FAULTS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys];

/**
 * The public keys of an OIDC issuer, found by discovery. They are kept for ten minutes; a key that is not among them makes it
 * look again, at most every 30 seconds. After a failure it asks the issuer again from five seconds on.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export class IssuerKeys {
  private keys: Promise<JWTVerifyGetKey> | undefined;
  private failure: { readonly at: number; readonly cause: unknown } | undefined;

  constructor(
    private readonly issuer: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws IssuerUnavailableError, and the JOSEError of a token that names no key of the issuer */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    try {
      this.keys ??= this.discover();
      return await (
        await this.keys
      )(header, token);
    } catch (error) {
      if (TOKEN_FAULTS.some((type) => error instanceof type)) {
        throw error;
      }
      if (error !== this.failure?.cause) {
        this.failure = { at: this.now(), cause: error };
      }
      throw new IssuerUnavailableError(`Got no keys from the issuer ${this.issuer}.`, { cause: error });
    }
  };

  private async discover(): Promise<JWTVerifyGetKey> {
    try {
      const url = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const response = await this.fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
      const jwksUri = this.jwksUriIn((await response.json()) as Discovered);

      return createRemoteJWKSet(jwksUri, {
        timeoutDuration: TIMEOUT,
        cacheMaxAge: KEPT,
        cooldownDuration: PAUSE_AFTER_UNKNOWN_KEY,
        [customFetch]: (...request) => this.fetch(...request),
      });
    } catch (error) {
      this.keys = undefined;
      throw error;
    }
  }

  /** Refuses a document of another issuer, and keys that would come less safely than the document did. */
  private jwksUriIn({ issuer, jwks_uri: jwksUri }: Discovered): URL {
    const url = new URL(String(jwksUri));

    if (issuer !== this.issuer) {
      throw new TypeError(`Expected the metadata of the issuer ${this.issuer}, and got that of ${String(issuer)}.`);
    }
    if (url.protocol !== 'https:' && url.protocol !== new URL(this.issuer).protocol) {
      throw new TypeError(`Expected an https jwks_uri, and got ${url.href}.`);
    }
    return url;
  }

  private async fetch(url: string, options: RequestInit): Promise<Response> {
    if (this.failure && this.now() < this.failure.at + PAUSE_AFTER_FAILURE) {
      throw this.failure.cause;
    }
    this.failure = undefined;
    const response = await fetch(url, options);

    if (!response.ok) {
      throw new TypeError(`Expected ${url} to answer 200, and got ${response.status}.`);
    }
    return response;
  }
}

interface Discovered {
  readonly issuer?: unknown;
  readonly jwks_uri?: unknown;
}
