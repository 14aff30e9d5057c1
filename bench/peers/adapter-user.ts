import { randomUUID } from 'node:crypto';

import type { Aggregate, AggregateId, Event } from 'event-store-adapter-js';

import { type Background, background, ensureEnabled, type PeerUser, register, update, type Updated } from './peer-user';
import { emailOf } from './side';

/** A user's id in the shape that event-store-adapter-js asks for, as are the classes below. */
export class UserId implements AggregateId {
  readonly typeName = 'user';

  constructor(readonly value: string) {}

  asString(): string {
    return `${this.typeName}-${this.value}`;
  }
}

export interface UserEvent extends Event<UserId>, Background {
  readonly typeName: 'UserRegistered' | 'UserUpdated';
}

export interface UserRegistered extends UserEvent {
  readonly typeName: 'UserRegistered';
  readonly email: string;
}

export interface UserUpdated extends UserEvent, Updated {
  readonly typeName: 'UserUpdated';
}

/** Immutable; a decision answers the next state and its event. */
export class User implements Aggregate<User, UserId> {
  readonly typeName = 'User';

  constructor(
    readonly id: UserId,
    readonly sequenceNumber: number,
    readonly version: number,
    readonly user: PeerUser,
  ) {}

  static register(id: UserId): [User, UserRegistered] {
    const email = emailOf(id.value);

    return [
      new User(id, 1, 1, register({ email })),
      { typeName: 'UserRegistered', isCreated: true, email, ...stamp(id, 1), ...background(id.value) },
    ];
  }

  update(names: Updated): [User, UserUpdated] {
    ensureEnabled(this.user);
    const updated = this.updated(names);

    return [
      updated,
      {
        typeName: 'UserUpdated',
        isCreated: false,
        ...names,
        ...stamp(this.id, updated.sequenceNumber),
        ...background(this.id.value, updated.user),
      },
    ];
  }

  /** The state after an event that is stored. */
  replay(event: UserEvent): User {
    return this.updated(event as UserUpdated);
  }

  withVersion(version: number): User {
    return new User(this.id, this.sequenceNumber, version, this.user);
  }

  updateVersion(version: (value: number) => number): User {
    return this.withVersion(version(this.version));
  }

  private updated(names: Updated): User {
    return new User(this.id, this.sequenceNumber + 1, this.version, update(this.user, names));
  }
}

/** From the JSON that the peer's serializers write: `{ type, data }`. */
export function toEvent(json: unknown): UserEvent {
  const { data } = json as { readonly data: UserEvent };

  return { ...data, aggregateId: new UserId(data.aggregateId.value), occurredAt: new Date(data.occurredAt) };
}

/** From the JSON that the peer's serializers write: `{ type, data }`. */
export function toUser(json: unknown): User {
  const { id, sequenceNumber, version, user } = (json as { readonly data: User }).data;

  return new User(new UserId(id.value), sequenceNumber, version, user);
}

function stamp(aggregateId: UserId, sequenceNumber: number): Omit<Event<UserId>, 'typeName' | 'isCreated'> {
  return { id: randomUUID(), aggregateId, sequenceNumber, occurredAt: new Date() };
}
