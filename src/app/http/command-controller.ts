import type { Command } from '@node-ts/bus-messages';
import type { APIGatewayProxyEvent } from 'aws-lambda';

import type { CommandContext, CommandResult, Idempotency } from '../../event-store/commands/command-context';
import type { IdempotencyRecords } from '../../event-store/commands/idempotency-records';
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
  return controller(async (event, correlationId) => {
    const idempotency = idempotencyOf(event);

    try {
      const command = route.command(read(route, event));

      return accepted(await taker.dispatch(command, contextOf(event, correlationId, idempotency)));
    } catch (error) {
      const isRefused = error instanceof ApplicationError;
      const first = isRefused && idempotency ? await taker.records.resultOf(idempotency) : undefined;

      if (!first) {
        throw error;
      }
      return accepted(first);
    }
  });
}

function contextOf(
  event: APIGatewayProxyEvent,
  correlationId: string,
  idempotency: Idempotency | undefined,
): CommandContext {
  return {
    commandId: event.requestContext.requestId,
    correlationId,
    actor: actorOf(event),
    versionCondition: versionConditionOf(event),
    idempotency,
  };
}
