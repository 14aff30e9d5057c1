import type { CommandResult, Idempotency } from './command-context';

/** Says that a command was accepted, and with what result. It is written in one transaction with the command's events. */
export interface IdempotencyRecord extends Idempotency, CommandResult {
  /** Unix time in seconds. */
  readonly acceptedAt: number;
  /** Unix time in seconds. From then on the record counts as absent, though DynamoDB may delete it days later. */
  readonly expiresAt: number;
}

const LIFETIME = 24 * 60 * 60; // seconds

/** The record of a command that is being accepted. */
export function idempotencyRecord(idempotency: Idempotency, result: CommandResult, now: Date): IdempotencyRecord {
  const acceptedAt = Math.floor(now.getTime() / 1000);

  return { ...idempotency, ...result, acceptedAt, expiresAt: acceptedAt + LIFETIME };
}
