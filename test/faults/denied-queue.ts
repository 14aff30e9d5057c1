import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';

import type { FaultPlan } from './fault-plan';
import { aggregateOf, QUEUES } from './queues';

const LONGEST = 6;

/** One queue at a time to which nobody may send, as when a policy is wrong. */
export class DeniedQueue {
  /** Whether it is one that is denied for longer than anybody waits. */
  readonly isLasting: boolean;
  private steps: number;

  /** @param name the aggregate type of a queue that is denied until it is mended; without it, some are for some steps */
  constructor(
    private readonly faults: FaultPlan,
    private name?: string,
  ) {
    this.isLasting = name !== undefined;
    this.steps = this.isLasting ? Infinity : 0;
  }

  /** Time goes on. */
  tick(): void {
    this.steps--;
    if (this.steps <= 0) {
      this.mend();
      if (this.faults.strike('queue denied')) {
        this.name = this.faults.random.pick(QUEUES);
        this.steps = 1 + this.faults.random.below(LONGEST);
      }
    }
  }

  mend(): void {
    this.name = undefined;
    this.steps = 0;
  }

  refuseMessages(client: SQSClient): void {
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          const { QueueUrl = '' } = args.input as SendMessageBatchCommandInput;
          const isDenied = this.name !== undefined && aggregateOf(QueueUrl) === this.name;

          return commandName === 'SendMessageBatchCommand' && isDenied ? Promise.reject(denied()) : next(args);
        },
      { step: 'initialize', name: 'denyQueue' },
    );
  }
}

/** The name of the error by which a service says that it lets nobody in. */
export const DENIED = 'AccessDeniedException';

function denied(): Error {
  return Object.assign(new Error('Access to the resource is denied.'), {
    name: DENIED,
    $fault: 'client',
    $metadata: { httpStatusCode: 403 },
  });
}
