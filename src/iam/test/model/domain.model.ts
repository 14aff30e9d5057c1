import type { Uuid } from '../../../event-store/events/event';

interface ModelUser {
  readonly email: string;
  firstName?: string;
  lastName?: string;
  readonly roles: Set<Uuid>;
  disabled: boolean;
  version: number;
}

interface ModelRole {
  readonly name: string;
  disabled: boolean;
  version: number;
}

/** What a command comes to: the version where it leaves its aggregate, or the code that it is refused with. */
export type Outcome = { readonly id: Uuid; readonly version: number } | { readonly refused: string };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.com$/;
const PERSON_NAME = /^\p{L}+$/u;
const ROLE_NAME = /^[\p{L}\p{M}]+$/u;

const refused = (code: string): Outcome => ({ refused: code });

const INVALID = refused('ValidationFailed');
const UNKNOWN = refused('NotFound');
const ID_TAKEN = refused('IdTaken');
const EXISTS = refused('AlreadyExists');
const TAKEN = refused('UniqueConstraintViolated');
const WRONG_STATE = refused('WrongState');

/**
 * Identity and access management in two maps: no events, no versions to conflict, no database. It says what each command
 * comes to and what is then so, for the values that the commands of these tests are made of.
 */
export class DomainModel {
  readonly users = new Map<Uuid, ModelUser>();
  readonly roles = new Map<Uuid, ModelRole>();
  /** Owner by constraint. */
  readonly claims = new Map<string, Uuid>();

  register(id: Uuid, email: string): Outcome {
    const claim = `iam/user#email:${comparable(email)}`;

    if (!UUID.test(id) || !EMAIL.test(email)) {
      return INVALID;
    }
    return this.create(id, claim, this.users, this.roles, {
      email,
      roles: new Set<Uuid>(),
      disabled: false,
      version: 1,
    });
  }

  createRole(id: Uuid, name: string): Outcome {
    const claim = `iam/role#name:${name.normalize('NFC')}`;

    return UUID.test(id) && ROLE_NAME.test(name)
      ? this.create(id, claim, this.roles, this.users, { name, disabled: false, version: 1 })
      : INVALID;
  }

  update(id: Uuid, firstName: string, lastName: string): Outcome {
    const user = this.users.get(id);

    if (user && ![firstName, lastName].every((name) => PERSON_NAME.test(name))) {
      return INVALID;
    }
    return change(id, user, (enabled) => {
      Object.assign(enabled, { firstName, lastName });
    });
  }

  addRole(id: Uuid, roleId: Uuid): Outcome {
    const user = this.users.get(id);
    const role = this.roles.get(roleId);

    if (!user || !role) {
      return UNKNOWN;
    }
    if (role.disabled || user.roles.has(roleId)) {
      return WRONG_STATE;
    }
    return change(id, user, ({ roles }) => roles.add(roleId));
  }

  removeRole(id: Uuid, roleId: Uuid): Outcome {
    const user = this.users.get(id);

    if (!user || !this.roles.has(roleId)) {
      return UNKNOWN;
    }
    return user.roles.has(roleId) ? change(id, user, ({ roles }) => roles.delete(roleId)) : WRONG_STATE;
  }

  disableUser(id: Uuid): Outcome {
    return change(id, this.users.get(id), (user) => {
      user.disabled = true;
    });
  }

  disableRole(id: Uuid): Outcome {
    return change(id, this.roles.get(id), (role) => {
      role.disabled = true;
    });
  }

  private create<T extends { version: number }>(
    id: Uuid,
    claim: string,
    kin: Map<Uuid, T>,
    others: ReadonlyMap<Uuid, unknown>,
    created: T,
  ): Outcome {
    const existing = kin.get(id);

    if (others.has(id)) {
      return ID_TAKEN;
    }
    if (existing) {
      return this.claims.get(claim) === id ? { id, version: existing.version } : EXISTS;
    }
    if (this.claims.has(claim)) {
      return TAKEN;
    }
    this.claims.set(claim, id);
    kin.set(id, created);
    return { id, version: 1 };
  }
}

/** Nobody changes what is unknown or disabled; every change makes the next version. */
function change<T extends { disabled: boolean; version: number }>(
  id: Uuid,
  subject: T | undefined,
  effect: (subject: T) => unknown,
): Outcome {
  if (!subject) {
    return UNKNOWN;
  }
  if (subject.disabled) {
    return WRONG_STATE;
  }
  effect(subject);
  subject.version += 1;
  return { id, version: subject.version };
}

function comparable(email: string): string {
  return email.normalize('NFC').toLowerCase();
}
