import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KinesisClient, PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  type QueryCommandOutput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

import { documentClient } from '../../src/event-store/dynamo/document-client';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event } from '../../src/event-store/events/event';
import type { EventItem } from '../../src/event-store/events/event-item';
import type { CheckpointedHandler } from '../../src/event-store/projections/checkpointed-handler';
import { alterPosition } from './alter-position';
import { type Alterable, alterInput, alterOutput, answerInstead } from './alter-requests';

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
    for (const { Put, Delete } of TransactItems.filter(({ ConditionCheck }) => !ConditionCheck)) {
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

/** Records have a partition key for each event. */
export function withKeyPerEvent(client: KinesisClient): void {
  alterInput(client, 'PutRecordsCommand', (input) => {
    const { Records = [], ...rest } = input as PutRecordsCommandInput;
    const keyOf = (data: Uint8Array) => String((JSON.parse(Buffer.from(data).toString()) as Event).$version);

    return {
      ...rest,
      Records: Records.map(({ PartitionKey, Data }) => ({ PartitionKey: `${keyOf(Data!)}:${PartitionKey}`, Data })),
    };
  });
}

/** Nothing tells whose event it is that is in the way: neither the write that it refuses nor the log. */
export function withoutEventIds(client: DynamoDBClient): void {
  alterPuts(client, ['eventLogTable'], (put) => {
    delete put.ReturnValuesOnConditionCheckFailure;
  });
  alterOutput(client, 'QueryCommand', (output) => ({
    ...output,
    Items: (output as QueryCommandOutput).Items?.map((item) => ({
      ...item,
      event: { ...(item as EventItem).event, eventId: undefined },
    })),
  }));
}

/** A holding is written only where its branch's row is there already. */
export function withKnownBranchesOnly(client: DynamoDBClient): void {
  const documents = documentClient(client);
  const isKnown = async ({ Put }: { readonly Put?: Put }) => {
    const Key = { id: Put?.Item?.branchId as string };

    return (
      Put?.TableName !== process.env.portfoliosTable ||
      (await documents.send(new GetCommand({ TableName: process.env.projectionBranchesTable!, Key }))).Item !==
        undefined
    );
  };

  alterInput(client, 'TransactWriteItemsCommand', async (input) => {
    const { TransactItems = [] } = input as TransactWriteCommandInput;
    const known = await Promise.all(TransactItems.map(isKnown));

    return { ...input, TransactItems: TransactItems.filter((_, index) => known[index]) };
  });
}

/** A handler that applies every event that comes, as if it were the next. */
export function applyAgain(handler: CheckpointedHandler): void {
  alterPosition(handler, (position, { $version }) => ({
    ...position,
    checkpoint: Math.min(position.checkpoint, $version - 1),
  }));
}

/** A log in which handlers find nothing of theirs between their checkpoint and an event. */
export function blindLog(log: EventLog): EventLog {
  return {
    append: () => Promise.reject(new Error('A projection appends nothing.')),
    readAll: () => log.readAll(),
    readNewest: (id, count) => log.readNewest(id, count),
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

/** Nobody remembers that an attempt had no answer. */
export function withoutUnansweredAttempts({ middlewareStack }: DynamoDBClient): void {
  const add = middlewareStack.add.bind(middlewareStack) as (...args: unknown[]) => void;

  middlewareStack.add = (...args: readonly unknown[]) => {
    if ((args[1] as { name?: string } | undefined)?.name !== 'unansweredAttempts') {
      add(...args);
    }
  };
}
