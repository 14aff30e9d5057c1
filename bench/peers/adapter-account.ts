import { randomUUID } from 'node:crypto';

import type { Aggregate, AggregateId, Event } from 'event-store-adapter-js';

import { type Background, background, ensureOpen, open, type PeerAccount, rename, type Renamed } from './peer-account';
import { ownerOf } from './side';

/** An account's id in the shape that event-store-adapter-js asks for, as are the classes below. */
export class AccountId implements AggregateId {
  readonly typeName = 'account';

  constructor(readonly value: string) {}

  asString(): string {
    return `${this.typeName}-${this.value}`;
  }
}

export interface AccountEvent extends Event<AccountId>, Background {
  readonly typeName: 'AccountOpened' | 'AccountRenamed';
}

export interface AccountOpened extends AccountEvent {
  readonly typeName: 'AccountOpened';
  readonly owner: string;
}

export interface AccountRenamed extends AccountEvent, Renamed {
  readonly typeName: 'AccountRenamed';
}

/** Immutable; a decision answers the next state and its event. */
export class Account implements Aggregate<Account, AccountId> {
  readonly typeName = 'Account';

  constructor(
    readonly id: AccountId,
    readonly sequenceNumber: number,
    readonly version: number,
    readonly account: PeerAccount,
  ) {}

  static open(id: AccountId): [Account, AccountOpened] {
    const owner = ownerOf(id.value);

    return [
      new Account(id, 1, 1, open({ owner })),
      { typeName: 'AccountOpened', isCreated: true, owner, ...stamp(id, 1), ...background(id.value) },
    ];
  }

  rename(payload: Renamed): [Account, AccountRenamed] {
    ensureOpen(this.account);
    const renamed = this.renamed(payload);

    return [
      renamed,
      {
        typeName: 'AccountRenamed',
        isCreated: false,
        ...payload,
        ...stamp(this.id, renamed.sequenceNumber),
        ...background(this.id.value, renamed.account),
      },
    ];
  }

  /** The state after an event that is stored. */
  replay(event: AccountEvent): Account {
    return this.renamed(event as AccountRenamed);
  }

  withVersion(version: number): Account {
    return new Account(this.id, this.sequenceNumber, version, this.account);
  }

  updateVersion(version: (value: number) => number): Account {
    return this.withVersion(version(this.version));
  }

  private renamed(payload: Renamed): Account {
    return new Account(this.id, this.sequenceNumber + 1, this.version, rename(this.account, payload));
  }
}

/** From the JSON that the peer's serializers write: `{ type, data }`. */
export function toEvent(json: unknown): AccountEvent {
  const { data } = json as { readonly data: AccountEvent };

  return { ...data, aggregateId: new AccountId(data.aggregateId.value), occurredAt: new Date(data.occurredAt) };
}

/** From the JSON that the peer's serializers write: `{ type, data }`. */
export function toAccount(json: unknown): Account {
  const { id, sequenceNumber, version, account } = (json as { readonly data: Account }).data;

  return new Account(new AccountId(id.value), sequenceNumber, version, account);
}

function stamp(aggregateId: AccountId, sequenceNumber: number): Omit<Event<AccountId>, 'typeName' | 'isCreated'> {
  return { id: randomUUID(), aggregateId, sequenceNumber, occurredAt: new Date() };
}
