import { randomUUID } from 'node:crypto';

import type { CommandContext } from '../commands/command-context';
import type { Event } from '../events/event';

/** Writes on events who gave the command, by which request, and when; each gets its id here, once. */
export function stamp(events: readonly Event[], { commandId, correlationId, actor }: CommandContext, now: Date): void {
  for (const event of events) {
    event.eventId = randomUUID();
    event.timestamp = now.toISOString();
    event.correlationId = correlationId;
    event.causationId = commandId;
    if (actor !== undefined) {
      event.metadata = { ...event.metadata, actor };
    }
  }
}
