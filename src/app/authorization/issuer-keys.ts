import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

import { IssuerUnavailableError } from './issuer-unavailable.error';

/** Milliseconds that the issuer has for each of two answers: its metadata, and then its keys. */
export const ISSUER_TIMEOUT = 5_000;

// Milliseconds.
const PAUSE_AFTER_FAILURE = 5_000;
const KEPT = 600_000;
const PAUSE_AFTER_UNKNOWN_KEY = 30_000;

/** What is wrong with the token; everything else that goes wrong on the way to a key is the issuer's fault. */
const TOKEN_FAULTS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys];

/**
 * The public keys of an OIDC issuer, found by discovery: its metadata say where they are, and both may change. They are kept for ten
 * minutes. A key that is not among them makes it look again, at most every 30 seconds, whatever keys strangers make up. After a failure
 * it asks the issuer again from five seconds on.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export class IssuerKeys {
  private found: { readonly at: number; readonly keys: JWTVerifyGetKey } | undefined;
  private failure: { readonly at: number; readonly cause: unknown } | undefined;
  private looking: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** @throws IssuerUnavailableError, and the JOSEError of a token that names no key of the issuer */
  readonly find: JWTVerifyGetKey = async (...token) => {
    try {
      return await this.lookUp(...token);
    } catch (error) {
      if (TOKEN_FAULTS.some((type) => error instanceof type)) {
        throw error;
      }
      throw new IssuerUnavailableError(`Got no keys from the issuer ${this.issuer}.`, { cause: error });
    }
  };

  private readonly lookUp: JWTVerifyGetKey = async (...token) => {
    const keys = await this.noOlderThan(KEPT);

    try {
      return await keys(...token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) {
        throw error;
      }
      const newer = await this.noOlderThan(PAUSE_AFTER_UNKNOWN_KEY);

      return newer(...token);
    }
  };

  /** The keys; those that it has already stay when it cannot get new ones. */
  private noOlderThan(age: number): JWTVerifyGetKey | Promise<JWTVerifyGetKey> {
    if (this.found && this.now() < this.found.at + age) {
      return this.found.keys;
    }
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async look(): Promise<JWTVerifyGetKey> {
    try {
      if (this.failure && this.now() < this.failure.at + PAUSE_AFTER_FAILURE) {
        throw this.failure.cause;
      }
      const keys = await this.discover();

      this.found = { at: this.now(), keys };
      return keys;
    } catch (error) {
      if (error !== this.failure?.cause) {
        this.failure = { at: this.now(), cause: error };
      }
      throw error;
    }
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const metadata = await read(`${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const keys = await read(this.jwksUriIn(metadata as Discovered));

    return createLocalJWKSet(keys as JSONWebKeySet);
  }

  /** Refuses a document of another issuer, and keys that would come less safely than the document did. */
  private jwksUriIn({ issuer, jwks_uri: jwksUri }: Discovered): string {
    const { href, protocol } = new URL(String(jwksUri));

    if (issuer !== this.issuer) {
      throw new TypeError(`Expected the metadata of the issuer ${this.issuer}, and got that of ${String(issuer)}.`);
    }
    if (protocol !== 'https:' && protocol !== new URL(this.issuer).protocol) {
      throw new TypeError(`Expected an https jwks_uri, and got ${href}.`);
    }
    return href;
  }
}

interface Discovered {
  readonly issuer?: unknown;
  readonly jwks_uri?: unknown;
}

async function read(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ISSUER_TIMEOUT) });

  if (!response.ok) {
    throw new TypeError(`Expected ${url} to answer 200, and got ${response.status}.`);
  }
  return response.json();
}
