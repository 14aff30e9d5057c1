import type { KinesisClient, PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';

import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { EventReference } from '../../src/event-store/events/event-reference';
import { withoutRun } from './aggregate-id';
import { CONTENT_FAULTS, type FaultPlan } from './fault-plan';
import { sendOthers } from './partial-batches';
import { aggregateOf } from './queues';
import { Random } from './random';

/** Who refuses an event for what is in it, and how. */
type Verdict = 'stream, call' | 'queue, call' | 'queue, entry';

/** Names by which services say that they refuse content. */
export const CONTENT_CODES: ReadonlySet<string> = new Set(['InvalidArgumentException', 'InvalidMessageContents']);

/** Events that the stream or their queue refuses, however often they are sent, until somebody mends that. */
export class RefusedContent {
  private readonly verdicts = new Map<string, Verdict | undefined>();
  private isMended = false;

  constructor(
    private readonly faults: FaultPlan,
    private readonly seed: number,
  ) {}

  has(event: EventReference): boolean {
    return this.verdicts.get(nameOf(event)) !== undefined;
  }

  mend(): void {
    this.isMended = true;
  }

  /** Lets Kinesis refuse a whole request: of a single record it never says that it refuses its content. */
  refuseRecords(client: KinesisClient): void {
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          const { Records = [] } = args.input as PutRecordsCommandInput;
          const isRefused = ({ Data }: { Data?: Uint8Array }) => this.verdict(textOf(Data)) === 'stream, call';

          return commandName === 'PutRecordsCommand' && Records.some(isRefused)
            ? Promise.reject(refused('InvalidArgumentException'))
            : next(args);
        },
      { step: 'initialize', name: 'refuseContentOfRecords' },
    );
  }

  /** Lets the queues of aggregates refuse messages, or a whole request for one of them. */
  refuseMessages(client: SQSClient): void {
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          const { QueueUrl = '', Entries = [] } = args.input as SendMessageBatchCommandInput;

          if (commandName !== 'SendMessageBatchCommand' || !aggregateOf(QueueUrl)) {
            return next(args);
          }
          const verdicts = new Map(Entries.map((entry) => [entry, this.verdict(entry.MessageBody)]));

          return [...verdicts.values()].includes('queue, call')
            ? Promise.reject(refused('InvalidMessageContents'))
            : sendOthers(next, args, {
                refused: Entries.filter((entry) => verdicts.get(entry) === 'queue, entry'),
                failure: { Code: 'InvalidMessageContents', SenderFault: true },
              });
        },
      { step: 'initialize', name: 'refuseContentOfMessages' },
    );
  }

  /** Reached when the event is sent for the first time: by a chance of its own, the same in each run of the seed. */
  private verdict(message = ''): Verdict | undefined {
    const name = nameOf(decodeMessage(message).reference);

    if (!this.verdicts.has(name)) {
      this.verdicts.set(name, this.judge(Random.of(`${this.seed} ${withoutRun(name)}`)));
    }
    return this.isMended ? undefined : this.verdicts.get(name);
  }

  private judge(random: Random): Verdict | undefined {
    switch (this.faults.strikeAt(random, CONTENT_FAULTS)) {
      case 'entry refused':
        return 'queue, entry';
      case 'call refused':
        return random.pick(['stream, call', 'queue, call']);
      default:
        return undefined;
    }
  }
}

function nameOf({ id, $version }: EventReference): string {
  return `${id} ${$version}`;
}

function textOf(data: Uint8Array = new Uint8Array()): string {
  return Buffer.from(data).toString();
}

function refused(name: string): Error {
  return Object.assign(new Error('The content is not allowed.'), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
  });
}
