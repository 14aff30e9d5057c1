import { listArchive, queryArchive } from './archive.command';
import type { Command } from './command';
import { listDeadLetters, showDeadLetters } from './dead-letters.command';
import { rebuildAggregate } from './rebuild.command';
import { redriveDeadLetters } from './redrive.command';
import { replayEvents } from './replay.command';
import { showStatus } from './status.command';
import { verifyProjections } from './verify.command';

/** All commands, by what is typed for them. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['status', { run: showStatus, counts: 'events compared', required: [], optional: [] }],
  ['verify', { run: verifyProjections, counts: 'events and rows compared', required: [], optional: [] }],
  ['dlq list', { run: listDeadLetters, counts: 'messages looked at', required: [], optional: [] }],
  ['dlq show', { run: showDeadLetters, counts: 'messages looked at', required: [], optional: ['aggregate'] }],
  ['dlq redrive', { run: redriveDeadLetters, counts: 'messages redriven', required: [], optional: ['aggregate'] }],
  ['replay', { run: replayEvents, counts: 'events sent', required: ['aggregate', 'all'], optional: [] }],
  ['rebuild', { run: rebuildAggregate, counts: 'events sent', required: ['aggregate'], optional: [] }],
  ['archive ls', { run: listArchive, counts: 'objects listed', required: [], optional: ['from', 'to'] }],
  [
    'archive query',
    { run: queryArchive, counts: 'objects downloaded', argument: 'sql', required: [], optional: ['from', 'to'] },
  ],
]);
