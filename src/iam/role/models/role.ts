import { Aggregate, type AggregateState } from '../../../event-store/aggregates/aggregate';
import type { Uuid } from '../../../event-store/events/event';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { assertValid } from '../../../shared-kernel/validation/assert-valid';
import { RoleCreated } from '../events/role-created';
import { RoleDisabled } from '../events/role-disabled';
import { RoleCreation } from './role-creation.validator';

interface RoleState extends AggregateState {
  readonly name: string;
  readonly disabled: boolean;
}

/** What users may be given. A role is always valid: what breaks a rule is refused, and nothing is recorded. */
export class Role extends Aggregate {
  static readonly aggregateType = 'org/iam/role';
  static readonly stateVersion = 1;

  name!: string;
  disabled = false;

  /** @throws ValidationError */
  static create(id: Uuid, name: string): Role {
    assertValid(new RoleCreation(id, name));

    const role = new Role(id);

    role.record(new RoleCreated(id, name));
    return role;
  }

  get state(): RoleState {
    const { name, disabled } = this;

    return { name, disabled };
  }

  hasName(name: string): boolean {
    return this.name.normalize('NFC') === name.normalize('NFC');
  }

  /** @throws WrongStateError when disabled: nobody is given it any more, and whoever holds it keeps it */
  ensureAssignable(): void {
    if (this.disabled) {
      throw new WrongStateError(`The role ${this.id} is disabled and cannot be added to a user.`);
    }
  }

  /** @throws WrongStateError when disabled already */
  disable(): RoleDisabled {
    if (this.disabled) {
      throw new WrongStateError(`The role ${this.id} is disabled and takes no changes.`);
    }
    return this.record(new RoleDisabled(this.id));
  }

  protected restoreState(state: RoleState): void {
    Object.assign(this, state);
  }

  protected whenCreated({ name }: RoleCreated): void {
    this.name = name;
  }

  protected whenDisabled(): void {
    this.disabled = true;
  }
}
