import { randomUUID } from 'node:crypto';

import type { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../src/event-store/events/event';
import { commandNamed } from './commands';

/** A command on an aggregate of its own, and what must have come before it. */
export interface Story {
  readonly before: readonly Command[];
  readonly command: Command;
}

/** One of the commands. */
export interface CommandKind {
  readonly name: string;
  /** Whether it makes its aggregate, of which nothing can be cached. */
  readonly creates: boolean;
  /** A story on new aggregates. */
  readonly story: () => Story;
}

export const UPDATE = 'update a user without roles';

/** The seven commands. A user that is there already has a name, too: its followers have read the log up to there. */
export const COMMAND_KINDS: readonly CommandKind[] = [
  { name: 'register a user', creates: true, story: () => ({ before: [], command: register(randomUUID()) }) },
  { name: UPDATE, creates: false, story: () => onUser(update) },
  { name: 'disable a user', creates: false, story: () => onUser((id) => commandNamed('DisableUser', id)) },
  { name: 'add a role to a user', creates: false, story: () => onUser(addRole) },
  {
    name: 'remove a role from a user',
    creates: false,
    story: () => onUser((id, roleId) => commandNamed('RemoveUserRole', id, roleId), addRole),
  },
  { name: 'create a role', creates: true, story: () => ({ before: [], command: create(randomUUID()) }) },
  { name: 'disable a role', creates: false, story: onRole },
];

type OnUser = (id: Uuid, roleId: Uuid) => Command;

/** On a user with a name, beside a role; `first` is what must have come before, if anything. */
function onUser(command: OnUser, ...first: readonly OnUser[]): Story {
  const [id, roleId] = [randomUUID(), randomUUID()];

  return {
    before: [create(roleId), register(id), update(id), ...first.map((before) => before(id, roleId))],
    command: command(id, roleId),
  };
}

function onRole(): Story {
  const roleId = randomUUID();

  return { before: [create(roleId)], command: commandNamed('DisableRole', roleId) };
}

function register(id: Uuid): Command {
  return commandNamed('RegisterUser', id, `${id}@domain.com`);
}

function update(id: Uuid): Command {
  return commandNamed('UpdateUser', id, 'Ada', 'Lovelace');
}

function addRole(id: Uuid, roleId: Uuid): Command {
  return commandNamed('AddUserRole', id, roleId);
}

/** Roles have different names, of letters alone and at most 30 of them. */
function create(id: Uuid): Command {
  const name = id.replaceAll('-', '').slice(0, 30);

  return commandNamed(
    'CreateRole',
    id,
    name.replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit))),
  );
}
