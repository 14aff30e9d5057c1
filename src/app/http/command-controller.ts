import type { Command } from '@node-ts/bus-messages';
import type { APIGatewayProxyEvent } from 'aws-lambda';

import type { CommandContext, CommandResult, Idempotency } from '../../event-store/commands/command-context';
import type { IdempotencyRecords } from '../../event-store/commands/idempotency-records';
import { IdempotencyKeyReusedError } from '../../event-store/errors/idempotency-key-reused.error';
import { OutcomeUnknownError } from '../../event-store/errors/outcome-unknown.error';
import { ApplicationError } from '../../shared-kernel/errors/application.error';
import { actorOf } from './actor';
import { accepted } from './answer';
import { controller, type HttpHandler } from './controller';
import { idempotencyOf } from './idempotency';
import { versionConditionOf } from './preconditions';
import { type Input, read } from './request';

/** A route that takes a command. */
interface CommandRoute<TDto extends object> extends Input<TDto> {
  readonly command: (dto: TDto) => Command;
}

/** Who handles commands, and remembers those that it accepted. */
interface CommandTaker {
  readonly records: Pick<IdempotencyRecords, 'resultOf'>;
  dispatch(command: Command, context: CommandContext): Promise<CommandResult>;
}

/**
 * A command with an `Idempotency-Key` that was accepted before is answered as it was then, whatever it would be refused for
 * by now.
 */
export function commandController<TDto extends object>(taker: CommandTaker, route: CommandRoute<TDto>): HttpHandler {
  return controller(async (event, { correlationId, deadline }) => {
    const idempotency = idempotencyOf(event);

    try {
      const command = route.command(read(route, event));

      return accepted(await taker.dispatch(command, { ...contextOf(event), correlationId, deadline, idempotency }));
    } catch (error) {
      const isRefused = error instanceof ApplicationError;
      const first = isRefused && idempotency ? await firstResult(taker, idempotency, error) : undefined;

      if (!first) {
        throw error;
      }
      return accepted(first);
    }
  });
}

/** @throws the refusal, where it says that nobody knows, and nobody could look */
async function firstResult(
  { records }: CommandTaker,
  idempotency: Idempotency,
  refusal: ApplicationError,
): Promise<CommandResult | undefined> {
  try {
    return await records.resultOf(idempotency);
  } catch (error) {
    throw refusal instanceof OutcomeUnknownError && !(error instanceof IdempotencyKeyReusedError) ? refusal : error;
  }
}

function contextOf(event: APIGatewayProxyEvent) {
  return {
    commandId: event.requestContext.requestId,
    actor: actorOf(event),
    versionCondition: versionConditionOf(event),
  };
}
