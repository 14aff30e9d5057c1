import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

import { logger } from '../../src/app/logging/logger';
import { toMessage } from '../../src/event-store/delivery/event-message';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import type { Engine } from './engine';
import type { RunningCloud } from './running-cloud';

/** Batches that the mapping has in hand at once. */
const AT_ONCE = 2;

/** Sends the events as the broker does, receives and deletes them as the mapping does: ten at a time. */
export async function sqsAlone({ clients: { sqs } }: RunningCloud): Promise<Engine> {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: 'bench-queue.fifo',
      Attributes: {
        FifoQueue: 'true',
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      },
    }),
  );
  const queue = new EventQueue(sqs, QueueUrl, logger);

  return {
    take: async (events) => {
      await queue.send(events.map(toMessage));
      let left = events.length;

      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (left > 0) {
            const taken = await takeBatch(sqs, QueueUrl);

            left -= taken;
          }
        }),
      );
    },
  };
}

async function takeBatch(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );

  if (Messages.length > 0) {
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
  return Messages.length;
}
