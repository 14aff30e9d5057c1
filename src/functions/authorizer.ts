import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

import { Authorizer } from '../app/authorization/authorizer';
import { authorizerSettings } from '../app/authorization/authorizer-settings';
import { IssuerKeys } from '../app/authorization/issuer-keys';
import { TokenVerifier } from '../app/authorization/token-verifier';
import { logger } from '../app/logging/logger';

const { tokens, scopes } = authorizerSettings();
const verifier = tokens && new TokenVerifier(tokens, new IssuerKeys(tokens.issuer).find);
const authorizer = new Authorizer(verifier, scopes, logger);

/** Lets a request of the API through, or not. */
export const handler = (event: APIGatewayRequestAuthorizerEvent) => authorizer.authorize(event);
