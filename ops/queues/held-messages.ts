import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

const MOST_AT_ONCE = 10;
// Long enough for a batch, short enough for the next command when this one is killed.
const HIDDEN_SECONDS = 60;
// An answer without waiting may leave out messages that are there.
const WAIT_SECONDS = 1;

/** The messages of a queue that nobody consumes: taken one batch after the other, and put back at the end unless deleted. */
export class HeldMessages {
  private readonly seen = new Set<Message['MessageId']>();
  private readonly held = new Map<Message['MessageId'], Message>();

  constructor(
    private readonly sqs: SQSClient,
    private readonly url: string,
  ) {}

  /** Up to ten messages that were not taken before; none: that was all. */
  async take(): Promise<Message[]> {
    const { Messages = [] } = await this.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.url,
        MaxNumberOfMessages: MOST_AT_ONCE,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: WAIT_SECONDS,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    const unseen = Messages.filter(({ MessageId }) => !this.seen.has(MessageId));

    for (const message of Messages) {
      this.seen.add(message.MessageId);
      this.held.set(message.MessageId, message);
    }
    return unseen;
  }

  /** Deletes messages for good; answers how many are still there, since they had been held for too long. */
  async delete(messages: readonly Message[]): Promise<number> {
    if (messages.length === 0) {
      return 0;
    }
    const { Failed = [] } = await this.sqs.send(
      new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries: messages.map(toEntry) }),
    );

    messages.forEach(({ MessageId }) => this.held.delete(MessageId));
    return Failed.length;
  }

  /** Puts back what was taken and not deleted. */
  async release(): Promise<void> {
    const messages = [...this.held.values()];

    this.held.clear();
    while (messages.length > 0) {
      const Entries = messages
        .splice(0, MOST_AT_ONCE)
        .map((message, index) => ({ ...toEntry(message, index), VisibilityTimeout: 0 }));

      await this.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries }));
    }
  }
}

function toEntry({ ReceiptHandle }: Message, index: number) {
  return { Id: String(index), ReceiptHandle };
}
