import { randomUUID } from 'node:crypto';

import type { CommandContext } from '../../src/event-store/commands/command-context';
import type { Event } from '../../src/event-store/events/event';

/** Stamps an event as the repository does when it appends. */
export function recorded<TEvent extends Event>(event: TEvent, version: number): TEvent {
  return Object.assign(event, {
    $version: version,
    eventId: randomUUID(),
    timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toISOString(),
    correlationId: 'test',
    causationId: 'test',
  });
}

export const CONTEXT: CommandContext = { commandId: 'command', correlationId: 'correlation' };
