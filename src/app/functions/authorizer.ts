import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

import { Authorizer } from '../authorization/authorizer';
import { authorizerSettings } from '../authorization/authorizer-settings';
import { IssuerKeys } from '../authorization/issuer-keys';
import { TokenVerifier } from '../authorization/token-verifier';
import { logger } from '../logging/logger';

const { tokens, scopes } = authorizerSettings();
const verifier = tokens && new TokenVerifier(tokens, new IssuerKeys(tokens.issuer).find);
const authorizer = new Authorizer(verifier, scopes, logger);

/** Lets a request of the API through, or not. */
export const handler = (event: APIGatewayRequestAuthorizerEvent) => authorizer.authorize(event);
