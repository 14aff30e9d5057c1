import { OutOfTimeError } from '../../shared-kernel/errors/out-of-time.error';

/**
 * What a refusal is about:
 * - `content`: the entry itself. It will be refused for ever.
 * - `temporary`: the service, just now. It passes by itself.
 * - `setup`: permissions, configuration, credentials, keys, a queue that is missing. Somebody has to mend it.
 */
export type RefusalKind = 'content' | 'temporary' | 'setup';

/** Why a service did not take something. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly message: string;
}

/** An entry that was not taken. */
export interface Refused<TEntry> {
  readonly entry: TEntry;
  readonly refusal: Refusal;
}

/** Of SQS and Kinesis. Nothing else counts as content: what is quarantined wrongly waits for a person. */
const CONTENT = new Set([
  'BatchRequestTooLong',
  'InvalidArgumentException',
  'InvalidMessageContents',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'ValidationException',
]);
const THROTTLED = /throttl|toomanyrequests|throughputexceeded|limitexceeded|slowdown/i;

interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** What a log line says of a refusal: `message` is the line's own. */
export function refusalLine({ code, message }: Refusal) {
  return { code, reason: message };
}

/** What an error of an SDK's call says, or that there was no time for it; any other error is a matter of the setup. */
export function refusalOf(error: unknown): Refusal {
  const { name, message, $fault, $metadata } = error as ServiceError;
  const code = codeOf(name);
  // The SDK tells how a call went that got no answer as well, and then has no status.
  const isUnanswered = $metadata !== undefined && $metadata.httpStatusCode === undefined;
  const isServerError = $fault === 'server' || ($metadata?.httpStatusCode ?? 0) >= 500;
  const isTemporary = isUnanswered || isServerError || error instanceof OutOfTimeError;

  return { kind: kindOf(code, isTemporary), code, message };
}

/** What the answer of a batch says of one entry. */
export function refusalOfEntry(
  code: string | undefined,
  message: string | undefined,
  isOurFault: boolean | undefined,
): Refusal {
  const name = codeOf(code ?? 'Unknown');

  return { kind: kindOf(name, isOurFault !== true), code: name, message: message ?? '' };
}

function kindOf(code: string, isTemporary: boolean): RefusalKind {
  if (CONTENT.has(code)) {
    return 'content';
  }
  return isTemporary || THROTTLED.test(code) ? 'temporary' : 'setup';
}

/** SQS has older names for some, with its own before them: `AWS.SimpleQueueService.BatchRequestTooLong`. */
function codeOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
