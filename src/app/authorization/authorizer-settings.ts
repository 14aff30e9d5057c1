import { environment } from '../../shared-kernel/configuration/environment';
import { ConfigurationError } from '../../shared-kernel/errors/configuration.error';
import { RouteScopes } from './route-scopes';
import type { TokenExpectation } from './token-verifier';

/** What the authorizer asks for. */
interface AuthorizerSettings {
  /** Absent: the API is open. */
  readonly tokens: TokenExpectation | undefined;
  readonly scopes: RouteScopes;
}

/**
 * The settings in the function's environment. The template's rules say the same; here nothing that slipped past them opens the API.
 *
 * @throws ConfigurationError for an open API outside `dev`, for an issuer without TLS there, and for scopes that are not declared
 */
export function authorizerSettings(): AuthorizerSettings {
  const authentication = environment('authentication');
  const isDev = environment('stage') === 'dev';

  if (authentication !== 'required' && !(authentication === 'none' && isDev)) {
    throw new ConfigurationError(
      `Expected the parameter authentication to be required, or none where the stage is dev, and got ${authentication}.`,
    );
  }
  return {
    tokens: authentication === 'required' ? tokenExpectation(isDev) : undefined,
    scopes: new RouteScopes({
      contexts: environment('contexts'),
      readScope: environment('readScope'),
      writeScope: environment('writeScope'),
    }),
  };
}

function tokenExpectation(isDev: boolean): TokenExpectation {
  const issuer = environment('tokenIssuer');

  if (!issuer.startsWith('https://') && !isDev) {
    throw new ConfigurationError(`Expected the parameter tokenIssuer to begin with https://, and got ${issuer}.`);
  }
  return { issuer, audience: environment('tokenAudience') };
}
