import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { environment } from '../../src/shared-kernel/configuration/environment';

/** One way to keep accounts as events. Each has a client of its own: middleware of one is not in the way of another. */
export interface Side {
  readonly client: DynamoDBClient;
  /** Writes an account's first events, with the snapshots that this side would have by then; not by commands, which takes long. */
  write(id: string, length: number): Promise<void>;
}

export interface CommandSide extends Side {
  /** Renames an account: one command, from load to append. */
  rename(id: string): Promise<void>;
}

export interface LoadSide extends Side {
  load(id: string): Promise<LoadedAccount>;
}

export interface LoadedAccount {
  readonly version: number;
  readonly owner: string;
  readonly name: string | undefined;
}

/** The account that `write` leaves, whichever side it is. */
export function writtenAccount(id: string, length: number): LoadedAccount {
  return { version: length, owner: ownerOf(id), name: length > 1 ? nameAt(length) : undefined };
}

export function ownerOf(id: string): string {
  return `Holder no. ${id}`;
}

/** What an account is called from this version on. */
export function nameAt(version: number): string {
  return `Savings of Ada King ${version}`;
}

/** Version of the last snapshot: half an interval back, which is the mean between one snapshot and the next; 0: none yet. */
export function lastSnapshotAt(length: number): number {
  return length > snapshotInterval() ? length - snapshotInterval() / 2 : 0;
}

/** Ours by default; the peer that keeps snapshots is given the same. */
export function snapshotInterval(): number {
  return Number(environment('snapshotInterval'));
}
