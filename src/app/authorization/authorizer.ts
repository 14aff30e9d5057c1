import type { Logger } from '../../shared-kernel/logging/logger';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

import { UnauthorizedError } from './unauthorized.error';
import { correlationIdOf } from '../http/correlation-id';
import type { AuthorizerSettings } from './authorizer-settings';
import { bearerTokenOf } from './bearer-token';
import type { Caller, TokenVerifier } from './token-verifier';

/** API Gateway makes a 401 of exactly this message, and a 500 of every other. */
const UNAUTHORIZED = 'Unauthorized';

/** Decides on each request of the API, whatever its route: one that is added later is closed as well. */
export class Authorizer {
  /** @param verifier absent: the API is open, and nobody is known */
  constructor(
    private readonly verifier: Pick<TokenVerifier, 'verify'> | undefined,
    private readonly scopes: Pick<AuthorizerSettings, 'readScope' | 'writeScope'>,
    private readonly logger: Logger,
  ) {}

  /** @throws Error `Unauthorized` for a 401, and any other for a 500: nobody gets in by a failure */
  async authorize(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
    if (!this.verifier) {
      return answer('Allow', event);
    }
    const caller = await this.identify(this.verifier, event);
    const scope = event.httpMethod === 'GET' ? this.scopes.readScope : this.scopes.writeScope;

    if (caller.scopes.includes(scope)) {
      return answer('Allow', event, caller);
    }
    this.logger.warn('Request forbidden.', { ...lineOf(event), actor: caller.subject, missingScope: scope });
    return answer('Deny', event, caller);
  }

  private async identify(
    verifier: Pick<TokenVerifier, 'verify'>,
    event: APIGatewayRequestAuthorizerEvent,
  ): Promise<Caller> {
    try {
      return await verifier.verify(bearerTokenOf(event));
    } catch (error) {
      if (error instanceof UnauthorizedError) {
        this.logger.warn('Request unauthorized.', { ...lineOf(event), reason: error.message });
        throw new Error(UNAUTHORIZED, { cause: error });
      }
      this.logger.error('The token could not be checked.', { ...lineOf(event), error: error });
      throw error;
    }
  }
}

function lineOf(event: APIGatewayRequestAuthorizerEvent) {
  return { correlationId: correlationIdOf(event), route: `${event.httpMethod} ${event.resource}` };
}

/** For this request alone: if answers were ever cached, one would still not do for another route. */
function answer(
  effect: 'Allow' | 'Deny',
  { methodArn }: APIGatewayRequestAuthorizerEvent,
  caller?: Caller,
): APIGatewayAuthorizerResult {
  return {
    principalId: caller?.subject ?? 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: methodArn }],
    },
    ...(caller && { context: { actor: caller.subject } }),
  };
}
