import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

import { ApplicationContainer } from '../../src/app/application-container';
import { type Event, enrichmentOf } from '../../src/event-store/events/event';
import { CloseBranch } from '../support/bank-commands';
import { bank } from '../support/bank.module';
import { alterInput } from './alter-requests';
import type { FaultPlan } from './fault-plan';
import { Invocation } from './invocation';

/** Closes an account's branch when it has been decided there that the account is handed over, and nothing is written yet. */
export class Rival {
  private readonly app: ApplicationContainer;
  private commands = 0;

  /** @param client without faults */
  constructor(
    client: DynamoDBClient,
    private readonly faults: FaultPlan,
  ) {
    this.app = new ApplicationContainer([bank], client);
  }

  interfere(client: DynamoDBClient): void {
    alterInput(client, 'TransactWriteItemsCommand', async (input) => {
      const branchId = branchOf(input as TransactWriteCommandInput);
      const random = Invocation.current?.chanceOf({ command: 'rival', input }) ?? this.faults.random;

      if (branchId !== undefined && this.faults.strikeAt(random, ['consulted changes'])) {
        await this.close(branchId);
      }
      return input;
    });
  }

  /** It may be closed already, and another rival may be faster. */
  private async close(id: string): Promise<void> {
    const commandId = `rival-${this.commands++}`;

    await this.app.dispatch(new CloseBranch(id), { commandId, correlationId: commandId }).catch(() => undefined);
  }
}

/** Of an account that is handed over. */
function branchOf({ TransactItems = [] }: TransactWriteCommandInput): string | undefined {
  const { event } = (TransactItems[0]?.Put?.Item ?? {}) as { readonly event?: Event };

  return event?.$name === 'org/bank/account/handedOver'
    ? (enrichmentOf(event, 'Account') as { readonly branchId?: string }).branchId
    : undefined;
}
