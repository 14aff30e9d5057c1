import { randomUUID } from 'node:crypto';

import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

import { ApplicationContainer } from '../../src/app/application-container';
import { CONTEXTS } from '../../src/contexts';
import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import { UpdateUser } from '../../src/iam/user/commands/update-user.command';
import { UserUpdatedEnricher } from '../../src/iam/user/services/user-updated.enricher';
import { User } from '../../src/iam/user/models/user';
import { UserRepository } from '../../src/iam/user/services/user.repository';
import { recorded } from '../../test/support/events';
import { type CommandSide, emailOf, lastSnapshotAt, type LoadedUser, type LoadSide, nameAt } from './side';
import { writeAll } from './tables';

const EVENTS = 'EventLog';

/**
 * This application. A command on a user that it has just changed: PutItem. On another: Query (the newest events, consistent)
 * and GetItem (the snapshot) at once, then PutItem.
 */
export class Ours implements CommandSide, LoadSide {
  readonly client = new DynamoDBClient({});
  private app = new ApplicationContainer(CONTEXTS, this.client);

  async write(id: string, length: number): Promise<void> {
    const items = lifeOf(id, length).map(itemOf);
    const snapshotAt = lastSnapshotAt(length);

    await writeAll(this.client, EVENTS, items.slice(0, snapshotAt));
    if (snapshotAt > 0) {
      await this.users.snapshot(id);
    }
    await writeAll(this.client, EVENTS, items.slice(snapshotAt));
  }

  async update(id: string): Promise<void> {
    await this.app.dispatch(new UpdateUser(id, 'Ada', 'Lovelace'), {
      commandId: randomUUID(),
      correlationId: randomUUID(),
    });
  }

  async load(id: string): Promise<LoadedUser> {
    const { version, email, lastName } = await this.users.load(id);

    return { version, email, lastName };
  }

  /** Goes on as a function's next instance, which has kept nothing. */
  protected restart(): void {
    this.app = new ApplicationContainer(CONTEXTS, this.client);
  }

  private get users(): UserRepository {
    return this.app.get<UserRepository>(UserRepository);
  }
}

/** The same, for which every user is one that it has not changed before. */
export class OursCold extends Ours {
  private readonly changed = new Set<string>();

  override async update(id: string): Promise<void> {
    if (this.changed.has(id)) {
      this.restart();
      this.changed.clear();
    }
    this.changed.add(id);
    await super.update(id);
  }
}

/** An item of the event log. */
export function itemOf(event: Event): Record<string, AttributeValue> {
  return marshall(toItem(event), { removeUndefinedValues: true });
}

/** A user who is registered and then renamed again and again. */
export function lifeOf(id: string, length: number): Event[] {
  const user = User.register(id, emailOf(id));

  for (let version = 2; version <= length; version++) {
    const { firstName, lastName } = nameAt(version);

    new UserUpdatedEnricher(user).enrich(user.update(firstName, lastName));
  }
  return user.recorded.map((event) =>
    Object.assign(recorded(event, event.$version), { correlationId: randomUUID(), causationId: randomUUID() }),
  );
}
