import { refusalOf, refusalOfEntry } from './refusal';

const failure = (name: string, more: object = {}) => Object.assign(new Error('why'), { name }, more);
const answered = (status: number, fault = 'client') => ({ $fault: fault, $metadata: { httpStatusCode: status } });

describe('refusalOf', () => {
  it.each([
    ['InvalidMessageContents', answered(400)],
    ['AWS.SimpleQueueService.BatchRequestTooLong', answered(400)],
    ['InvalidParameterValue', answered(400)],
    ['InvalidArgumentException', answered(400)],
    ['ValidationException', answered(400)],
  ])('given %s, then takes it for a refusal of the content', (name, more) => {
    expect(refusalOf(failure(name, more)).kind).toBe('content');
  });

  it.each([
    ['AccessDenied', answered(403)],
    ['AWS.SimpleQueueService.NonExistentQueue', answered(400)],
    ['QueueDoesNotExist', answered(400)],
    ['KMSAccessDeniedException', answered(400)],
    ['KmsDisabled', answered(400)],
    ['ResourceNotFoundException', answered(400)],
    ['ExpiredTokenException', answered(403)],
    ['InvalidClientTokenId', answered(403)],
    ['SomethingNew', answered(400)],
    ['ConfigurationError', {}],
    ['CredentialsProviderError', {}],
  ])('given %s, then waits for somebody to mend the setup', (name, more) => {
    expect(refusalOf(failure(name, more))).toMatchObject({ kind: 'setup', message: 'why' });
  });

  it.each([
    ['ThrottlingException', answered(400)],
    ['RequestThrottled', answered(403)],
    ['KMSThrottlingException', answered(400)],
    ['ProvisionedThroughputExceededException', answered(400)],
    ['InternalFailure', answered(500, 'server')],
    ['ServiceUnavailable', answered(503)],
    ['TimeoutError', { $metadata: { attempts: 3 } }],
    ['ECONNRESET', { $metadata: {} }],
  ])('given %s, then it passes by itself', (name, more) => {
    expect(refusalOf(failure(name, more)).kind).toBe('temporary');
  });
});

describe('refusalOfEntry', () => {
  it.each([
    ['InvalidMessageContents', true, 'content'],
    ['InvalidParameterValue', true, 'content'],
    ['AccessDenied', true, 'setup'],
    ['KmsDisabled', true, 'setup'],
    ['ThrottlingException', true, 'temporary'],
    ['InternalError', false, 'temporary'],
    ['ServiceUnavailable', undefined, 'temporary'],
  ])('given %s with SenderFault %s, then it is told apart', (code, isOurFault, kind) => {
    expect(refusalOfEntry(code, 'why', isOurFault)).toEqual({ kind, code, message: 'why' });
  });
});
