/** By what a command that is sent again is recognised. */
export interface Idempotency {
  /** The caller's key, within the route and for the caller alone. */
  readonly key: string;
  /** A hash of the request: another one means that the key came with another command. */
  readonly fingerprint: string;
}

/** Which versions of its aggregate a command is meant for. */
export interface VersionCondition {
  /** @param version 0: there is no such aggregate yet */
  isMet(version: number): boolean;
}

/** What a command brings with it besides its own properties. */
export interface CommandContext {
  /** The command's own id: the `causationId` of its events. */
  readonly commandId: string;
  /** Shared by all that one request brings about, events and log lines alike. */
  readonly correlationId: string;
  /** Who gave the command: in the `metadata` of its events. Absent where the API is open. */
  readonly actor?: string | undefined;
  /** What the caller asks of the aggregate's version. Where it is not met, the command is refused. Absent: any will do. */
  readonly versionCondition?: VersionCondition | undefined;
  /** In milliseconds since 1970: nobody waits longer for it. Absent: there is none. */
  readonly deadline?: number | undefined;
  /** Set where the caller may send the command again and wants it to take effect once. It is not written to the event log. */
  readonly idempotency?: Idempotency | undefined;
}

/** Where an accepted command left its aggregate. */
export interface CommandResult {
  readonly id: string;
  readonly version: number;
}
