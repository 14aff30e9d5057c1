import { PutCommand } from '@aws-sdk/lib-dynamodb';

import { documentClient } from '../../src/event-store/dynamo/document-client';
import type { TestCloud } from '../support/test-cloud';
import type { FaultPlan } from './fault-plan';

const NO_QUEUE = 'org/bank/vault/opened';

/** Items that others put into the log, which nobody can use: each has an id of its own. */
export class Strangers {
  private readonly kinds = new Map<string, 'no event' | 'no queue'>();

  constructor(
    private readonly cloud: TestCloud,
    private readonly faults: FaultPlan,
    private readonly run: number,
  ) {}

  get ids(): readonly string[] {
    return [...this.kinds.keys()];
  }

  kindOf(id: string): 'no event' | 'no queue' | undefined {
    return this.kinds.get(id);
  }

  /** Puts one there, now and then. */
  async come(): Promise<void> {
    const kind = this.faults.strike('no event', 'no queue') as 'no event' | 'no queue' | undefined;

    if (kind) {
      const id = this.faults.random.uuid(this.run);
      const event = kind === 'no event' ? { note: 'to be removed' } : { $name: NO_QUEUE, $version: 1 };
      const Item = { id, $version: 1, timestamp: new Date().toISOString(), event };

      this.kinds.set(id, kind);
      await documentClient(this.cloud.clients.dynamodb).send(
        new PutCommand({ TableName: process.env.eventLogTable!, Item }),
      );
    }
  }
}
