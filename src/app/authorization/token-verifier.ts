import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';

import { isText } from '../../shared-kernel/validation/text';
import { UnauthorizedError } from './unauthorized.error';

/** Who calls, and what the issuer lets them do. */
export interface Caller {
  /** The token's `sub`. */
  readonly subject: string;
  readonly scopes: readonly string[];
}

/** Whose tokens for whom are accepted. */
export interface TokenExpectation {
  readonly issuer: string;
  readonly audience: string;
}

/** Signatures by a key of the issuer's own: with a shared secret, its public key would do as one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** As long as OpenID Connect allows, and without what would end a text in JSON: API Gateway writes it into the access log as it is. */
const SUBJECT = /^[^"\\]{1,255}$/u;

/** Seconds that the issuer's clock may be off. */
const CLOCK_TOLERANCE = 5;

/** Checks access tokens that are JWTs. */
export class TokenVerifier {
  constructor(
    private readonly expected: TokenExpectation,
    private readonly findKey: JWTVerifyGetKey,
  ) {}

  /** @throws UnauthorizedError for a token that is none of this issuer's for this audience, now; and whatever finding the key throws */
  async verify(token: string): Promise<Caller> {
    try {
      const { payload } = await jwtVerify(token, this.findKey, {
        ...this.expected,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE,
      });

      return { subject: subjectOf(payload), scopes: scopesOf(payload) };
    } catch (error) {
      if (error instanceof errors.JOSEError) {
        throw new UnauthorizedError(`${error.code}: ${error.message}`, { cause: error });
      }
      throw error;
    }
  }
}

function subjectOf({ sub }: JWTPayload): string {
  if (typeof sub !== 'string' || !SUBJECT.test(sub) || !isText(sub)) {
    throw new UnauthorizedError(
      'Expected the claim sub to be a text of 1 to 255 characters, without quotes, backslashes, control characters and noncharacters.',
    );
  }
  return sub;
}

/** `scope` is a text by RFC 9068; some issuers write `scp`, as a text or a list. */
function scopesOf({ scope, scp }: JWTPayload): string[] {
  return [scope ?? scp ?? []]
    .flat()
    .filter((value) => typeof value === 'string')
    .flatMap((text) => text.split(' '));
}
