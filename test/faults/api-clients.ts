import { isDeepStrictEqual } from 'node:util';

import type { Command } from '@node-ts/bus-messages';

import type { ApplicationContainer } from '../../src/app/application-container';
import { ApplicationError } from '../../src/shared-kernel/errors/application.error';
import { ConcurrencyError } from '../../src/event-store/errors/concurrency.error';
import { OutcomeUnknownError } from '../../src/event-store/errors/outcome-unknown.error';
import { ThrottledError } from '../../src/event-store/errors/throttled.error';
import { UnknownEventError } from '../../src/event-store/errors/unknown-event.error';
import type { CommandContext, CommandResult } from '../../src/event-store/commands/command-context';
import type { FaultPlan } from './fault-plan';
import { Invocation } from './invocation';
import { type Lambda, NoAnswerError } from './lambda';
import { knewYesterday } from './yesterday';

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

/** In the log 135 KB and 170 KB, in a message 270 KB and 1 MB: SQS takes 256 KB, and Kinesis 1 MB. */
const LONG_NAMES = ['\u4e2d'.repeat(45_000), '\u0001'.repeat(170_000)];

/** Instances that answer commands. */
interface Api {
  /** Now the one and now the other. */
  readonly apps: readonly [ApplicationContainer, ApplicationContainer];
  /** Now and then, by a deployment: it answers what it knows. */
  readonly yesterday: ApplicationContainer;
}

/** Those who send commands, and remember each answer. */
export class ApiClients {
  readonly sent: Sent[] = [];
  /** Commands that were given up for conflicts though they met few. */
  readonly givenUp: string[] = [];
  /** Keyed commands that were accepted, and later were not, or with another result. */
  readonly forgotten: string[] = [];
  /** Keyed commands of which an attempt may go on later, and then be accepted, whatever a later attempt was told. */
  private readonly timedOut = new Set<string>();
  private commands = 0;
  private attempts = 0;

  constructor(
    private readonly api: Api,
    private readonly lambda: Lambda,
    private readonly faults: FaultPlan,
  ) {}

  /**
   * Sends a command, and again while its outcome is unknown: every other time with an idempotency key, else as a command of
   * its own. With a key some send it again also when it was accepted, and have to get the same answer.
   */
  async send(command: Command): Promise<void> {
    const number = this.commands++;
    const key = number % 2 === 0 ? `key-${number}` : undefined;

    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const sent = await this.attempt(command, key);

      if (sent.outcome !== 'unknown') {
        return key !== undefined && sent.result && number % 4 === 0 ? this.sendAgain(sent, key) : undefined;
      }
    }
  }

  private async sendAgain({ command, commandId, result }: Sent, key: string): Promise<void> {
    const again = await this.attempt(command, key);

    if (again.outcome === 'refused' || (again.result && !isDeepStrictEqual(again.result, result))) {
      this.forgotten.push(commandId);
    }
  }

  private async attempt(command: Command, key?: string): Promise<Sent> {
    const number = this.attempts++;
    const commandId = key ?? `command-${number}`;
    const outcome = await this.outcomeOf(this.appFor(command, number), command, {
      commandId,
      correlationId: commandId,
      actor: this.actor(),
      idempotency: key === undefined ? undefined : { key, fingerprint: JSON.stringify(command) },
    });
    const sent = { commandId, command, ...outcome };
    const mayYetBe = sent.outcome === 'refused' && this.timedOut.has(commandId);

    this.sent.push(mayYetBe ? { ...sent, outcome: 'unknown' } : sent);
    return sent;
  }

  private appFor(command: Command, attempt: number): ApplicationContainer {
    if (knewYesterday(command) && this.faults.strike('old code')) {
      return this.api.yesterday;
    }
    return this.api.apps[Math.floor(attempt / 3) % 2 ? 1 : 0];
  }

  /** Now and then of so long a name that what it does is too large for a message, or even for a record. */
  private actor(): string | undefined {
    return this.faults.strike('too large') && this.faults.random.pick(LONG_NAMES);
  }

  private async outcomeOf(
    app: ApplicationContainer,
    command: Command,
    context: CommandContext,
  ): Promise<Pick<Sent, 'outcome' | 'result'>> {
    try {
      return { outcome: 'accepted', result: await this.lambda.invoke(() => this.dispatch(app, command, context)) };
    } catch (error) {
      if (error instanceof NoAnswerError && error.message === 'time-out') {
        this.timedOut.add(context.commandId);
      }
      return { outcome: isRefusal(error, context) ? 'refused' : 'unknown' };
    }
  }

  /** As the controllers do. */
  private async dispatch(app: ApplicationContainer, command: Command, context: CommandContext): Promise<CommandResult> {
    try {
      return await app.dispatch(command, context);
    } catch (error) {
      const isRefused = error instanceof ApplicationError && context.idempotency;
      const first = isRefused ? await app.records.resultOf(isRefused) : undefined;

      if (first) {
        return first;
      }
      if (isConflict(error) && Invocation.current!.conflicts <= BEARABLE_CONFLICTS) {
        this.givenUp.push(context.commandId);
      }
      throw error;
    }
  }
}

/** Somebody else was first, as far as the command knows. */
function isConflict(error: unknown): boolean {
  return error instanceof ConcurrencyError && !(error instanceof OutcomeUnknownError);
}

/** Throttling says that nothing was done; of a keyed command, nothing by this attempt. */
function isRefusal(error: unknown, { idempotency }: CommandContext): boolean {
  if (error instanceof ThrottledError) {
    return idempotency === undefined;
  }
  const isUnknown = [NoAnswerError, ConcurrencyError, UnknownEventError].some((type) => error instanceof type);

  return error instanceof ApplicationError && !isUnknown;
}
