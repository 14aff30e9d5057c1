import { randomUUID } from 'node:crypto';

import type { LoadedAccount } from './side';

/** The account as a peer's aggregate: the fields of ours. */
export interface PeerAccount {
  readonly owner: string;
  readonly name?: string;
  readonly balance: number;
  readonly closed: boolean;
}

export interface Opened {
  readonly owner: string;
}

export interface Renamed {
  readonly name: string;
}

/** What our events say besides: recorded by the peers too, that items are alike. */
export interface Background {
  readonly correlationId: string;
  readonly causationId: string;
  readonly enrichmentData: readonly object[];
}

export function open({ owner }: Opened): PeerAccount {
  return { owner, balance: 0, closed: false };
}

export function rename(account: PeerAccount, { name }: Renamed): PeerAccount {
  return { ...account, name };
}

/** All that a peer's account checks; ours validates names, too. */
export function ensureOpen({ closed }: PeerAccount): void {
  if (closed) {
    throw new Error('The account is closed.');
  }
}

/** @param account the state after a change; none: the change does not tell about it */
export function background(id: string, account?: PeerAccount): Background {
  const { owner, name } = account ?? {};

  return {
    correlationId: randomUUID(),
    causationId: randomUUID(),
    enrichmentData: account ? [{ aggregateName: 'Account', data: { id, owner, name } }] : [],
  };
}

export function toLoaded({ owner, name }: PeerAccount, version: number): LoadedAccount {
  return { version, owner, name };
}
