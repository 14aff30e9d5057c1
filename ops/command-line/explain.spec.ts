import { NotFoundError } from '../../src/shared-kernel/errors/not-found.error';
import { explain } from './explain';

const error = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

describe('explain', () => {
  it.each([
    ['an error of ours', new NotFoundError('aggregate', '1'), 'There is no aggregate 1.'],
    [
      'no credentials',
      error('CredentialsProviderError', 'Could not load\n  credentials'),
      'Expected AWS credentials in the environment (AWS_PROFILE or AWS_ACCESS_KEY_ID), as for the AWS CLI: Could not load credentials',
    ],
    [
      'credentials that have expired',
      error('ExpiredTokenException', 'The token has expired', { $metadata: {} }),
      'Expected AWS credentials in the environment (AWS_PROFILE or AWS_ACCESS_KEY_ID), as for the AWS CLI: The token has expired',
    ],
    [
      'no region',
      error('Error', 'Region is missing'),
      'Expected a region: give it by --region, AWS_REGION or your AWS profile.',
    ],
    [
      'a refusal',
      error('AccessDeniedException', 'not authorized', { $metadata: {} }),
      'AWS refused it (AccessDeniedException): not authorized',
    ],
    [
      'no connection',
      Object.assign(new AggregateError([error('Error', 'connect ECONNREFUSED 127.0.0.1:1')]), { code: 'ECONNREFUSED' }),
      'The services cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
    ],
    ['something that is no error', 'oh', "'oh'"],
  ])('given %s, then says it in one line', (_, thrown, line) => {
    expect(explain(thrown)).toBe(line);
  });

  it('given an error that nobody expected, then shows where it comes from', () => {
    expect(explain(new TypeError('x is not a function'))).toContain('explain.spec.ts');
  });
});
