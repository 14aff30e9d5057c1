import { randomUUID } from 'node:crypto';

import type { LoadedUser } from './side';

/** The user as a peer's aggregate: the fields of ours. */
export interface PeerUser {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
}

export interface Registered {
  readonly email: string;
}

export interface Updated {
  readonly firstName: string;
  readonly lastName: string;
}

/** What our events say besides: recorded by the peers too, that items are alike. */
export interface Background {
  readonly correlationId: string;
  readonly causationId: string;
  readonly enrichmentData: readonly object[];
}

export function register({ email }: Registered): PeerUser {
  return { email, roles: [], disabled: false };
}

export function update(user: PeerUser, { firstName, lastName }: Updated): PeerUser {
  return { ...user, firstName, lastName };
}

/** All that a peer's user checks; ours validates names, too. */
export function ensureEnabled({ disabled }: PeerUser): void {
  if (disabled) {
    throw new Error('The user is disabled.');
  }
}

/** @param user the state after a change; none: the change does not tell about it */
export function background(id: string, user?: PeerUser): Background {
  const { email, firstName, lastName, roles } = user ?? {};

  return {
    correlationId: randomUUID(),
    causationId: randomUUID(),
    enrichmentData: user ? [{ aggregateName: 'User', data: { id, firstName, lastName, email, roles } }] : [],
  };
}

export function toLoaded({ email, lastName }: PeerUser, version: number): LoadedUser {
  return { version, email, lastName };
}
