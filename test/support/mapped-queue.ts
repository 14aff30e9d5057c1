import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

import type { FunctionPool } from '../../local/lambda/function-pool.ts';
import { QueueMapping } from '../../local/mappings/queue-mapping.ts';
import type { QueueMappingModel } from '../../local/model.ts';
import type { TestCloud } from './test-cloud';

/** The event source mapping of a queue of `template.yaml`, for a function that is named as the queue is. */
export function queueMapping(cloud: TestCloud, queue: string): QueueMappingModel {
  const { Ref: queueUrl = '', Arn: queueArn = '' } = cloud.attributes(queue);

  return {
    id: queue,
    functionId: queue,
    batchSize: 10,
    batchingWindowSeconds: 0,
    kind: 'sqs',
    queueUrl,
    queueArn,
    fifo: true,
    reportBatchItemFailures: true,
    maximumConcurrency: undefined,
  };
}

/** A function in this process, fed from a queue of `template.yaml` as the local cloud does it, until it is stopped. */
export class MappedQueue {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(cloud: TestCloud, queue: string, invoke: (event: SQSEvent) => Promise<SQSBatchResponse>) {
    const pool: Pick<FunctionPool, 'invoke' | 'maximumInstances'> = {
      maximumInstances: 2,
      invoke: (event) => invoke(event as SQSEvent),
    };

    this.running = new QueueMapping(
      queueMapping(cloud, queue),
      pool as FunctionPool,
      cloud.clients.sqs,
      this.stopping.signal,
    ).run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
