import { randomUUID } from 'node:crypto';

import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

import { ApplicationContainer } from '../../src/app/application-container';
import type { AggregateRepository } from '../../src/event-store/aggregates/aggregate.repository';
import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import { Account } from '../../test/support/account';
import { AccountEnricher } from '../../test/support/account.enricher';
import { RenameAccount } from '../../test/support/bank-commands';
import { AccountRepository } from '../../test/support/bank-handlers';
import { bank } from '../../test/support/bank.module';
import { recorded } from '../../test/support/events';
import { type CommandSide, lastSnapshotAt, type LoadedAccount, type LoadSide, nameAt, ownerOf } from './side';
import { writeAll } from './tables';

const EVENTS = 'EventLog';

/**
 * This application, with the tests' bank. A command on an account that it has just changed: PutItem. On another: Query (the
 * newest events, consistent) and GetItem (the snapshot) at once, then PutItem.
 */
export class Ours implements CommandSide, LoadSide {
  readonly client = new DynamoDBClient({});
  private app = new ApplicationContainer([bank], this.client);

  async write(id: string, length: number): Promise<void> {
    const items = lifeOf(id, length).map(itemOf);
    const snapshotAt = lastSnapshotAt(length);

    await writeAll(this.client, EVENTS, items.slice(0, snapshotAt));
    if (snapshotAt > 0) {
      await this.accounts.snapshot(id);
    }
    await writeAll(this.client, EVENTS, items.slice(snapshotAt));
  }

  async rename(id: string): Promise<void> {
    await this.app.dispatch(new RenameAccount(id, 'Savings of Ada Lovelace'), {
      commandId: randomUUID(),
      correlationId: randomUUID(),
    });
  }

  async load(id: string): Promise<LoadedAccount> {
    const { version, owner, name } = await this.accounts.load(id);

    return { version, owner, name };
  }

  /** Goes on as a function's next instance, which has kept nothing. */
  protected restart(): void {
    this.app = new ApplicationContainer([bank], this.client);
  }

  private get accounts(): AggregateRepository<Account> {
    return this.app.get<AggregateRepository<Account>>(AccountRepository);
  }
}

/** The same, for which every account is one that it has not changed before. */
export class OursCold extends Ours {
  private readonly changed = new Set<string>();

  override async rename(id: string): Promise<void> {
    if (this.changed.has(id)) {
      this.restart();
      this.changed.clear();
    }
    this.changed.add(id);
    await super.rename(id);
  }
}

/** An item of the event log. */
export function itemOf(event: Event): Record<string, AttributeValue> {
  return marshall(toItem(event), { removeUndefinedValues: true });
}

/** An account that is opened and then renamed again and again. */
export function lifeOf(id: string, length: number): Event[] {
  const account = Account.open(id, ownerOf(id));

  for (let version = 2; version <= length; version++) {
    new AccountEnricher(account).enrich(account.rename(nameAt(version)));
  }
  return account.recorded.map((event) =>
    Object.assign(recorded(event, event.$version), { correlationId: randomUUID(), causationId: randomUUID() }),
  );
}
