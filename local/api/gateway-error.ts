/** What API Gateway answers by itself: status, message and `x-amzn-ErrorType` of each response type that occurs here. */
const TYPES = {
  BAD_REQUEST_PARAMETERS: [400, 'Bad Request', 'BadRequestException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  UNAUTHORIZED: [401, 'Unauthorized', 'UnauthorizedException'],
  ACCESS_DENIED: [403, 'User is not authorized to access this resource', 'AccessDeniedException'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal server error', 'AuthorizerConfigurationException'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestTooLargeException'],
  API_CONFIGURATION_ERROR: [502, 'Internal server error', 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type GatewayErrorType = keyof typeof TYPES;

/** API Gateway answers without, or instead of, the function. */
export class GatewayError extends Error {
  readonly code = 'GatewayError';
  readonly type: GatewayErrorType;
  readonly statusCode: number;
  readonly errorType: string;

  constructor(type: GatewayErrorType, options?: ErrorOptions) {
    const [statusCode, message, errorType] = TYPES[type];
    super(message, options);
    this.type = type;
    this.statusCode = statusCode;
    this.errorType = errorType;
  }
}
