import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

import type { Logger } from '../../shared-kernel/logging/logger';
import { correlationIdOf } from '../http/correlation-id';
import { bearerTokenOf } from './bearer-token';
import { firstPartOf, type RouteScopes } from './route-scopes';
import type { Caller, TokenVerifier } from './token-verifier';
import { UnauthorizedError } from './unauthorized.error';

/** API Gateway makes a 401 of exactly this message, and a 500 of every other. */
const UNAUTHORIZED = 'Unauthorized';

/** Decides on each request of the API, whatever its route: one that is added later is closed as well. */
export class Authorizer {
  /** @param verifier absent: the API is open, and nobody is known */
  constructor(
    private readonly verifier: Pick<TokenVerifier, 'verify'> | undefined,
    private readonly scopes: Pick<RouteScopes, 'scopeFor'>,
    private readonly logger: Logger,
  ) {}

  /** @throws Error `Unauthorized` for a 401, and any other for a 500: nobody gets in by a failure */
  async authorize(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
    const scope = this.scopes.scopeFor(event.httpMethod, event.resource);

    if (scope === undefined) {
      return this.refuse(event);
    }
    if (!this.verifier) {
      return answer('Allow', event);
    }
    const caller = await this.identify(this.verifier, event);

    if (caller.scopes.includes(scope)) {
      return answer('Allow', event, caller);
    }
    this.logger.warn('Request forbidden.', { ...lineOf(event), actor: caller.subject, missingScope: scope });
    return answer('Deny', event, caller);
  }

  /** A route of no context has no scope that a token could have: nobody gets in, not even where the API is open. */
  private refuse(event: APIGatewayRequestAuthorizerEvent): APIGatewayAuthorizerResult {
    this.logger.error('Request forbidden: its route belongs to no context.', {
      ...lineOf(event),
      remedy: `Add ${firstPartOf(event.resource)} to a context, in the variable contexts of Authorizer in template.yaml.`,
    });
    return answer('Deny', event);
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
      this.logger.error('The token could not be checked.', { ...lineOf(event), error });
      throw error;
    }
  }
}

function lineOf(event: APIGatewayRequestAuthorizerEvent) {
  return { correlationId: correlationIdOf(event), route: `${event.httpMethod} ${event.resource}` };
}

/** The policy allows or denies this request alone: a cached answer could not open another route. */
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
