import type { Command } from '@node-ts/bus-messages';

import type { ApplicationContainer } from '../../src/app/application-container';
import { ApplicationError } from '../../src/app/errors/application.error';
import { ConcurrencyError } from '../../src/app/errors/concurrency.error';
import { TooManyRequestsError } from '../../src/app/errors/too-many-requests.error';
import type { CommandResult } from '../../src/event-store/commands/command-context';
import { Invocation } from './invocation';
import { type Lambda, NoAnswerError } from './lambda';

/** So few conflicts are no reason to give up. */
const BEARABLE_CONFLICTS = 2;
const ATTEMPTS = 3;

/** Accepted; refused: the domain said no; unknown: no answer, or an error that says nothing of the outcome. */
type Outcome = 'accepted' | 'refused' | 'unknown';

/** A command and what its client was told. */
export interface Sent {
  readonly commandId: string;
  readonly command: Command;
  readonly outcome: Outcome;
  readonly result?: CommandResult;
}

/** Those who send commands, and remember each answer. */
export class ApiClients {
  readonly sent: Sent[] = [];
  /** Commands that were given up for conflicts though they met few. */
  readonly givenUp: string[] = [];
  private attempts = 0;

  constructor(
    private readonly app: ApplicationContainer,
    private readonly lambda: Lambda,
  ) {}

  /** Sends a command, and again, as a command of its own, while its outcome is unknown. */
  async send(command: Command): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if ((await this.attempt(command)) !== 'unknown') {
        return;
      }
    }
  }

  private async attempt(command: Command): Promise<Outcome> {
    const sent = { commandId: `command-${this.attempts++}`, command };

    try {
      const result = await this.lambda.invoke(() => this.dispatch(command, sent.commandId));

      this.sent.push({ ...sent, outcome: 'accepted', result });
      return 'accepted';
    } catch (error) {
      const outcome = isRefusal(error) ? 'refused' : 'unknown';

      this.sent.push({ ...sent, outcome });
      return outcome;
    }
  }

  private async dispatch(command: Command, commandId: string): Promise<CommandResult> {
    try {
      return await this.app.dispatch(command, { commandId, correlationId: commandId });
    } catch (error) {
      if (error instanceof ConcurrencyError && Invocation.current!.conflicts <= BEARABLE_CONFLICTS) {
        this.givenUp.push(commandId);
      }
      throw error;
    }
  }
}

function isRefusal(error: unknown): boolean {
  const isUnknown =
    error instanceof NoAnswerError || error instanceof ConcurrencyError || error instanceof TooManyRequestsError;

  return error instanceof ApplicationError && !isUnknown;
}
