import type { Command } from '@node-ts/bus-messages';

import { CreateRole } from '../../src/iam/role/commands/create-role.command';
import { DisableRole } from '../../src/iam/role/commands/disable-role.command';
import { AddUserRole } from '../../src/iam/user/commands/add-user-role.command';
import { DisableUser } from '../../src/iam/user/commands/disable-user.command';
import { RegisterUser } from '../../src/iam/user/commands/register-user.command';
import { RemoveUserRole } from '../../src/iam/user/commands/remove-user-role.command';
import { UpdateUser } from '../../src/iam/user/commands/update-user.command';
import type { Random } from './random';

const FIRST_NAMES = ['Ada', 'Alan', 'Barbara', 'Edsger', 'Grace', 'Kurt'];
const LAST_NAMES = ['Dijkstra', 'Goedel', 'Hopper', 'Liskov', 'Lovelace', 'Turing'];
/** So many of the latest users and roles take part: each has a few events in flight at a time. */
const ACTIVE = 4;

interface User {
  readonly id: string;
  readonly email: string;
}

/** Commands over a few users and roles, as clients send them: most make sense, some come again, some collide. */
export class Workload {
  private readonly users: User[] = [];
  private readonly roles: { readonly id: string; readonly name: string }[] = [];
  private latest?: User;
  /** How often each kind of command is drawn. */
  private readonly drawn: readonly (() => Command)[];

  /** @param run tells the aggregates of this run from those of others with the same seed */
  constructor(
    private readonly random: Random,
    private readonly run: number,
  ) {
    this.drawn = [
      ...times(3, () => this.register()),
      ...times(2, () => this.create()),
      ...times(8, () => new UpdateUser(this.user().id, random.pick(FIRST_NAMES), random.pick(LAST_NAMES))),
      ...times(5, () => new AddUserRole(this.user().id, this.role().id)),
      ...times(2, () => new RemoveUserRole(this.user().id, this.role().id)),
      () => (random.chance(0.5) ? new DisableUser(this.user().id) : new DisableRole(this.role().id)),
    ];
  }

  next(): Command {
    if (this.users.length === 0) {
      return this.register();
    }
    return this.roles.length === 0 ? this.create() : this.random.pick(this.drawn)();
  }

  /** Often the same again: several of its events are under way at a time. */
  private user(): User {
    const user = this.latest && this.random.chance(0.5) ? this.latest : this.random.pick(this.users.slice(-ACTIVE));

    this.latest = user;
    return user;
  }

  private role() {
    return this.random.pick(this.roles.slice(-ACTIVE));
  }

  /** Somebody new, somebody known again, or somebody new with an e-mail that is known. */
  private register(): RegisterUser {
    if (this.users.length > 0 && this.random.chance(0.4)) {
      const { id, email } = this.user();

      return new RegisterUser(this.random.chance(0.5) ? id : this.random.uuid(this.run), email);
    }
    const user = { id: this.random.uuid(this.run), email: `user${this.users.length}@domain.com` };

    this.users.push(user);
    return new RegisterUser(user.id, user.email);
  }

  private create(): CreateRole {
    if (this.roles.length > 0 && this.random.chance(0.2)) {
      const { id, name } = this.role();

      return new CreateRole(id, name);
    }
    const role = { id: this.random.uuid(this.run), name: `Role${letters(this.roles.length)}` };

    this.roles.push(role);
    return new CreateRole(role.id, role.name);
  }
}

function times(count: number, make: () => Command): (() => Command)[] {
  return Array.from({ length: count }, () => make);
}

/** A number in letters, since a role's name has no digits. */
function letters(value: number): string {
  return [...String(value)].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('');
}
