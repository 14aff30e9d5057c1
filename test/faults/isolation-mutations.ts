import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KinesisClient, PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

import type { EventLog } from '../../src/event-store/event-log/event-log';
import { alterError, alterInput, answerInstead } from './alter-requests';
import { DENIED } from './denied-queue';
import { CONTENT_CODES } from './refused-content';

type Messages = Partial<SendMessageBatchCommandInput>;
type Records = Partial<PutRecordsCommandInput>;

/** An append rests on nothing but its own aggregate. */
export function withoutChecks(client: DynamoDBClient): void {
  alterInput(client, 'TransactWriteItemsCommand', (input) => ({
    ...input,
    TransactItems: (input as TransactWriteCommandInput).TransactItems?.filter(({ ConditionCheck }) => !ConditionCheck),
  }));
}

/** A queue that takes nothing. */
export function withFullQueue(client: SQSClient, name: 'QuarantineQueue' | 'RetryQueue'): void {
  answerInstead(client, 'SendMessageBatchCommand', (input) => {
    const { QueueUrl = '', Entries = [] } = input as Messages;
    const Failed = Entries.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));

    return Promise.resolve(QueueUrl.includes(name) ? { Failed } : undefined);
  });
}

/** All of a call is refused for the content of one entry. */
export function withoutSplit({ kinesis, sqs }: { readonly kinesis: KinesisClient; readonly sqs: SQSClient }): void {
  const isOfContent = ({ name }: Error) => CONTENT_CODES.has(name);

  alterError(sqs, 'SendMessageBatchCommand', (error, input) => {
    const Failed = (input as Messages).Entries?.map(({ Id }) => ({ Id, Code: error.name, SenderFault: true }));

    return isOfContent(error) ? { Failed } : error;
  });
  alterError(kinesis, 'PutRecordsCommand', (error, input) => {
    const Records = (input as Records).Records?.map(() => ({ ErrorCode: error.name }));

    return isOfContent(error) ? { Records } : error;
  });
}

/** What only the setup refuses is taken for bad content. */
export function withSetupAsContent(client: SQSClient): void {
  alterError(client, 'SendMessageBatchCommand', (error) =>
    error.name === DENIED ? Object.assign(error, { name: 'InvalidMessageContents' }) : error,
  );
}

/** The reference to an event looks like an event that has nothing of its own. */
export function withFlatReferences(client: SQSClient): void {
  alterInput(client, 'SendMessageBatchCommand', (input) => ({
    ...input,
    Entries: (input as Messages).Entries?.map((entry) => ({ ...entry, MessageBody: flat(entry.MessageBody!) })),
  }));
}

/** A log in which nothing is that a reference names. */
export function emptyLog(log: EventLog): EventLog {
  return {
    append: () => Promise.reject(new Error('A projection appends nothing.')),
    readAll: () => log.readAll(),
    readNewest: () => Promise.resolve([]),
    read: () => Promise.resolve([]),
  };
}

function flat(body: string): string {
  const { ref, ...event } = JSON.parse(body) as { readonly ref?: object };

  return JSON.stringify(ref ?? event);
}
