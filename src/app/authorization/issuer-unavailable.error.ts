/** The issuer's keys cannot be had: no token can be checked, and nobody is let in. */
export class IssuerUnavailableError extends Error {
  readonly code = 'IssuerUnavailable';
}
