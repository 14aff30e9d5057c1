import { inspect } from 'node:util';

import { ApplicationError } from '../../src/shared-kernel/errors/application.error';

const NO_CREDENTIALS = new Set([
  'CredentialsProviderError',
  'ExpiredTokenException',
  'ExpiredToken',
  'UnrecognizedClientException',
]);

/** An error in one line for the operator; one that nobody expected as it is, with its stack. */
export function explain(error: unknown): string {
  if (error instanceof ApplicationError) {
    return error.message;
  }
  if (!(error instanceof Error)) {
    return inspect(error);
  }
  if (NO_CREDENTIALS.has(error.name)) {
    return `Expected AWS credentials in the environment (AWS_PROFILE or AWS_ACCESS_KEY_ID), as for the AWS CLI: ${oneLine(error)}`;
  }
  if (error.message.includes('Region is missing')) {
    return 'Expected a region: give it by --region, AWS_REGION or your AWS profile.';
  }
  if ('code' in error) {
    return `The services cannot be reached: ${oneLine(error)}`;
  }
  return '$metadata' in error ? `AWS refused it (${error.name}): ${oneLine(error)}` : inspect(error);
}

/** An AggregateError, as of a connection that was tried at several addresses, has no message of its own. */
function oneLine(error: Error): string {
  const { message } = error instanceof AggregateError ? (error.errors[0] as Error) : error;

  return message.replaceAll(/\s*\n\s*/g, ' ');
}
