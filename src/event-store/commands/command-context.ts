/** What a command brings with it besides its own properties. */
export interface CommandContext {
  /** The command's own id: the `causationId` of its events. */
  readonly commandId: string;
  /** Shared by all that one request brings about, events and log lines alike. */
  readonly correlationId: string;
  /** The aggregate's version that the caller has seen, 0: none; the command is refused at another one. Absent: any will do. */
  readonly expectedVersion?: number | undefined;
}

/** Where an accepted command left its aggregate. */
export interface CommandResult {
  readonly id: string;
  readonly version: number;
}
