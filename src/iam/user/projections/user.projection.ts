import { enrichmentOf, type Uuid } from '../../../event-store/events/event';
import { Projection } from '../../../event-store/projections/projection';
import type { UserRegistered } from '../events/user-registered';
import type { UserRoleAdded } from '../events/user-role-added';
import type { UserRoleRemoved } from '../events/user-role-removed';
import type { UserUpdated } from '../events/user-updated';

/** A user as `GET /users/{id}` shows it. */
export class UserProjection extends Projection {
  email!: string;
  firstName?: string;
  lastName?: string;
  roles: { readonly id: Uuid; readonly name: string | undefined }[] = [];
  disabled = false;

  protected applyUserRegistered({ email }: UserRegistered): void {
    this.email = email;
  }

  protected applyUserUpdated({ firstName, lastName }: UserUpdated): void {
    this.firstName = firstName;
    this.lastName = lastName;
  }

  protected applyUserRoleAdded(event: UserRoleAdded): void {
    this.removeRole(event.roleId);
    this.roles.push({ id: event.roleId, name: enrichmentOf(event, 'Role')?.name as string | undefined });
  }

  protected applyUserRoleRemoved({ roleId }: UserRoleRemoved): void {
    this.removeRole(roleId);
  }

  protected applyUserDisabled(): void {
    this.disabled = true;
  }

  private removeRole(roleId: Uuid): void {
    this.roles = this.roles.filter(({ id }) => id !== roleId);
  }
}
