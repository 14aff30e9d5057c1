import { Aggregate, type AggregateState } from '../../../event-store/aggregates/aggregate';
import type { Uuid } from '../../../event-store/events/event';
import { WrongStateError } from '../../../shared-kernel/errors/wrong-state.error';
import { assertValid } from '../../../shared-kernel/validation/assert-valid';
import { UserDisabled } from '../events/user-disabled';
import { UserRegistered } from '../events/user-registered';
import { UserRoleAdded } from '../events/user-role-added';
import { UserRoleRemoved } from '../events/user-role-removed';
import { UserUpdated } from '../events/user-updated';
import { UserName } from './user-name.validator';
import { UserRegistration } from './user-registration.validator';

// An update of the user writes a row for each role in one DynamoDB transaction, which takes 100 items.
const MAXIMUM_ROLES = 50;

interface UserState extends AggregateState {
  readonly email: string;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly roles: readonly Uuid[];
  readonly disabled: boolean;
}

/** Somebody who may act, by the roles they hold. A user is always valid: what breaks a rule is refused, and nothing is recorded. */
export class User extends Aggregate {
  static readonly aggregateType = 'org/iam/user';
  static readonly stateVersion = 1;

  email!: string;
  firstName?: string;
  lastName?: string;
  readonly roles = new Set<Uuid>();
  disabled = false;

  /** @throws ValidationError */
  static register(id: Uuid, email: string): User {
    assertValid(new UserRegistration(id, email));

    const user = new User(id);

    user.record(new UserRegistered(id, email));
    return user;
  }

  /** An e-mail address as it is compared: those that differ only in case, or in how Unicode writes them, are the same. */
  static comparableEmail(email: string): string {
    return email.normalize('NFC').toLowerCase();
  }

  get state(): UserState {
    const { email, firstName, lastName, roles, disabled } = this;

    return { email, firstName, lastName, roles: [...roles], disabled };
  }

  hasEmail(email: string): boolean {
    return User.comparableEmail(this.email) === User.comparableEmail(email);
  }

  holds(roleId: Uuid): boolean {
    return this.roles.has(roleId);
  }

  /** @throws ValidationError, WrongStateError when disabled */
  update(firstName: string, lastName: string): UserUpdated {
    assertValid(new UserName(firstName, lastName));
    this.ensureEnabled();
    return this.record(new UserUpdated(this.id, firstName, lastName));
  }

  /** @throws WrongStateError when disabled, when it holds the role already, or when it holds 50 */
  addRole(roleId: Uuid): UserRoleAdded {
    this.ensureEnabled();
    if (this.holds(roleId)) {
      throw new WrongStateError(`The user ${this.id} holds the role ${roleId} already.`);
    }
    if (this.roles.size >= MAXIMUM_ROLES) {
      throw new WrongStateError(`The user ${this.id} holds ${MAXIMUM_ROLES} roles already, and no more are possible.`);
    }
    return this.record(new UserRoleAdded(this.id, roleId));
  }

  /** @throws WrongStateError when disabled, or when it does not hold the role */
  removeRole(roleId: Uuid): UserRoleRemoved {
    this.ensureEnabled();
    if (!this.holds(roleId)) {
      throw new WrongStateError(`The user ${this.id} does not hold the role ${roleId}.`);
    }
    return this.record(new UserRoleRemoved(this.id, roleId));
  }

  /** @throws WrongStateError when disabled already */
  disable(): UserDisabled {
    this.ensureEnabled();
    return this.record(new UserDisabled(this.id));
  }

  protected restoreState({ roles, ...state }: UserState): void {
    Object.assign(this, state);
    roles.forEach((roleId) => this.roles.add(roleId));
  }

  protected whenRegistered({ email }: UserRegistered): void {
    this.email = email;
  }

  protected whenUpdated({ firstName, lastName }: UserUpdated): void {
    this.firstName = firstName;
    this.lastName = lastName;
  }

  protected whenRoleAdded({ roleId }: UserRoleAdded): void {
    this.roles.add(roleId);
  }

  protected whenRoleRemoved({ roleId }: UserRoleRemoved): void {
    this.roles.delete(roleId);
  }

  protected whenDisabled(): void {
    this.disabled = true;
  }

  private ensureEnabled(): void {
    if (this.disabled) {
      throw new WrongStateError(`The user ${this.id} is disabled and takes no changes.`);
    }
  }
}
