import type { KinesisClient, PutRecordsCommandInput, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput, SQSClient } from '@aws-sdk/client-sqs';

import type { FaultPlan } from './fault-plan';
import { Invocation } from './invocation';
import type { Random } from './random';

/** Lets Kinesis refuse some records of a request, as it does when a shard is busy. */
export function refuseRecords(client: KinesisClient, faults: FaultPlan): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const random = Invocation.current?.chanceOf({ command: 'partial', input: args.input }) ?? faults.random;

        if (commandName !== 'PutRecordsCommand' || !faults.strikeAt(random, ['partial PutRecords'])) {
          return next(args);
        }
        const input = args.input as PutRecordsCommandInput;
        const [accepted, refused] = split(input.Records ?? [], random);
        const answer = accepted.length > 0 ? await next({ ...args, input: { ...input, Records: accepted } }) : EMPTY;
        const results = [...((answer.output as PutRecordsCommandOutput).Records ?? [])];
        const Records = (input.Records ?? []).map((record) =>
          refused.includes(record) ? { ErrorCode: 'ProvisionedThroughputExceededException' } : results.shift()!,
        );

        return { ...answer, output: { ...answer.output, Records } };
      },
    { step: 'initialize', name: 'refuseRecords' },
  );
}

/** Lets SQS refuse some messages of a request. */
export function refuseMessages(client: SQSClient, faults: FaultPlan): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const random = Invocation.current?.chanceOf({ command: 'partial', input: args.input }) ?? faults.random;

        if (commandName !== 'SendMessageBatchCommand' || !faults.strikeAt(random, ['partial SendMessageBatch'])) {
          return next(args);
        }
        const { Entries = [] } = args.input as SendMessageBatchCommandInput;
        const [, refused] = split(Entries, random);

        return sendOthers(next, args, { refused, failure: { Code: 'InternalError', SenderFault: false } });
      },
    { step: 'initialize', name: 'refuseMessages' },
  );
}

/** Sends a request to SQS without some of its entries, and answers that these failed. */
export async function sendOthers<TArguments extends { input: object }, TAnswer extends { output: object }>(
  next: (args: TArguments) => Promise<TAnswer>,
  args: TArguments,
  { refused, failure }: { readonly refused: readonly { Id?: string }[]; readonly failure: object },
): Promise<TAnswer> {
  const input = args.input as SendMessageBatchCommandInput;
  const Entries = (input.Entries ?? []).filter((entry) => !refused.includes(entry));
  const answer = Entries.length > 0 ? await next({ ...args, input: { ...input, Entries } }) : (EMPTY as never);
  const { Failed = [] } = answer.output as SendMessageBatchCommandOutput;

  return {
    ...answer,
    output: { ...answer.output, Failed: [...Failed, ...refused.map(({ Id }) => ({ Id, ...failure }))] },
  };
}

const EMPTY = { response: undefined, output: { $metadata: {} } };

/** Each entry by chance on one side; at least one is refused. */
function split<T>(entries: readonly T[], random: Random): [T[], T[]] {
  const certain = random.pick(entries);
  const refused = entries.filter((entry) => entry === certain || random.chance(0.5));

  return [entries.filter((entry) => !refused.includes(entry)), refused];
}
