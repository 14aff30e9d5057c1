import type { Command } from '@node-ts/bus-messages';

import { CONTEXTS } from '../../src/contexts';
import { messageHandledBy } from '../../src/event-store/commands/handles-message.decorator';

/** By the names of their classes, as the contexts handle them: what is counted are the product's commands, whatever they are. */
const TYPES = new Map(
  CONTEXTS.flatMap(({ parts }) => parts.commandHandlers)
    .flatMap((handler) => messageHandledBy(handler) ?? [])
    .map((type) => [type.name, type as new (...values: string[]) => Command]),
);

/**
 * A command with these values, in the order of its constructor.
 *
 * @throws RangeError for a name that is no command's
 */
export function commandNamed(name: string, ...values: string[]): Command {
  const Type = TYPES.get(name);

  if (!Type) {
    throw new RangeError(`Expected one of ${[...TYPES.keys()].join(', ')}, and got ${name}.`);
  }
  return new Type(...values);
}
