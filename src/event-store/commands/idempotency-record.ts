import type { CommandResult, Idempotency } from './command-context';

/** That a command was accepted, and with what result: kept with its events, in the same transaction. */
export interface IdempotencyRecord extends Idempotency, CommandResult {
  /** Unix time in seconds. */
  readonly acceptedAt: number;
  /** Unix time in seconds, from which on it counts as absent: DynamoDB deletes it days later. */
  readonly expiresAt: number;
}

const LIFETIME = 24 * 60 * 60; // seconds

/** The record of a command that is being accepted. */
export function idempotencyRecord(idempotency: Idempotency, result: CommandResult, now: Date): IdempotencyRecord {
  const acceptedAt = Math.floor(now.getTime() / 1000);

  return { ...idempotency, ...result, acceptedAt, expiresAt: acceptedAt + LIFETIME };
}
