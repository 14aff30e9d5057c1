import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { environment } from '../../src/shared-kernel/configuration/environment';

/** One way to keep users as events. Each has a client of its own: middleware of one is not in the way of another. */
export interface Side {
  readonly client: DynamoDBClient;
  /** Writes a user's first events, with the snapshots that this side would have by then; not by commands, which takes long. */
  write(id: string, length: number): Promise<void>;
}

export interface CommandSide extends Side {
  /** Updates a user: one command, from load to append. */
  update(id: string): Promise<void>;
}

export interface LoadSide extends Side {
  load(id: string): Promise<LoadedUser>;
}

export interface LoadedUser {
  readonly version: number;
  readonly email: string;
  readonly lastName: string | undefined;
}

/** The user that `write` leaves, whichever side it is. */
export function writtenUser(id: string, length: number): LoadedUser {
  return { version: length, email: emailOf(id), lastName: length > 1 ? nameAt(length).lastName : undefined };
}

export function emailOf(id: string): string {
  return `${id}@domain.com`;
}

/** What a written user is called from this version on, in letters, as names are. */
export function nameAt(version: number): { readonly firstName: string; readonly lastName: string } {
  return {
    firstName: 'Ada',
    lastName: `Lovelace ${String(version).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`,
  };
}

/** Version of the last snapshot: half an interval back, which is the mean between one snapshot and the next; 0: none yet. */
export function lastSnapshotAt(length: number): number {
  return length > snapshotInterval() ? length - snapshotInterval() / 2 : 0;
}

/** Ours by default; the peer that keeps snapshots is given the same. */
export function snapshotInterval(): number {
  return Number(environment('snapshotInterval'));
}
