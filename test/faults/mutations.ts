import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import { DeleteCommand, PutCommand, type PutCommandInput, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

import { documentClient } from '../../src/event-store/dynamo/document-client';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event } from '../../src/event-store/events/event';
import { type Alterable, alterInput, answerInstead } from './alter-requests';

type Put = Partial<PutCommandInput>;

/** Writes to these tables, the variables that name them, ask for no condition. */
export function withoutCondition(client: DynamoDBClient, ...tables: readonly string[]): void {
  alterPuts(client, tables, (put) => {
    delete put.ConditionExpression;
    delete put.ExpressionAttributeNames;
    delete put.ExpressionAttributeValues;
  });
}

/** Transactions that begin with a write to this table are single writes, one after another. */
export function withoutTransaction(client: DynamoDBClient, table: string): void {
  const documents = documentClient(client);

  answerInstead(client, 'TransactWriteItemsCommand', async (input) => {
    const { TransactItems = [] } = input as TransactWriteCommandInput;

    if (TransactItems[0]?.Put?.TableName !== process.env[table]) {
      return undefined;
    }
    for (const { Put, Delete } of TransactItems) {
      await (Put ? documents.send(new PutCommand(Put)) : documents.send(new DeleteCommand(Delete!)));
    }
    return {};
  });
}

/** Messages carry other ids than those that make a queue FIFO. */
export function withMessageIds(
  client: Alterable,
  ids: (event: Event, sent: number) => { MessageGroupId?: string; MessageDeduplicationId?: string },
): void {
  let sent = 0;

  alterInput(client, 'SendMessageBatchCommand', (input) => {
    const { Entries = [], ...rest } = input as SendMessageBatchCommandInput;

    return {
      ...rest,
      Entries: Entries.map((entry) => ({ ...entry, ...ids(JSON.parse(entry.MessageBody!) as Event, sent++) })),
    };
  });
}

/** A log in which handlers find nothing of theirs between their checkpoint and an event. */
export function blindLog(log: EventLog): EventLog {
  return {
    append: () => Promise.reject(new Error('A projection appends nothing.')),
    streams: () => log.streams(),
    read: async (...range) => (await log.read(...range)).map((event) => ({ ...event, $name: 'org/none' })),
  };
}

function alterPuts(client: DynamoDBClient, tables: readonly string[], alter: (put: Put) => void): void {
  const altered = (put: Put): Put => {
    const copy = { ...put };

    if (tables.some((table) => process.env[table] === put.TableName)) {
      alter(copy);
    }
    return copy;
  };

  alterInput(client, 'PutItemCommand', (input) => altered(input));
  alterInput(client, 'TransactWriteItemsCommand', (input) => ({
    ...input,
    TransactItems: (input as TransactWriteCommandInput).TransactItems?.map((item) =>
      item.Put ? { Put: altered(item.Put) } : item,
    ),
  }));
}
