import { SQSClient } from '@aws-sdk/client-sqs';

/** Counts requests to SQS; a receive that finds nothing is left aside, since no command causes it. */
export class SqsMeter {
  readonly client = new SQSClient({});
  /** Messages that were taken out of their queue. */
  deleted = 0;
  private requests = 0;

  constructor() {
    this.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const result = await next(args);
          const { Messages } = result.output as { Messages?: unknown[] };

          this.requests += commandName === 'ReceiveMessageCommand' && !Messages?.length ? 0 : 1;
          if (commandName === 'DeleteMessageBatchCommand') {
            this.deleted += (args.input as { Entries: unknown[] }).Entries.length;
          }
          return result;
        },
      { step: 'initialize', name: 'meter' },
    );
  }

  /** Answers how many there were so far, and counts from nothing again. */
  take(): number {
    const { requests } = this;

    this.requests = 0;
    return requests;
  }
}
