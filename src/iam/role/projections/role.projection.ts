import { Projection } from '../../../event-store/projections/projection';
import type { RoleCreated } from '../events/role-created';

/** A role as `GET /roles` lists it; its users are rows of their own. */
export class RoleProjection extends Projection {
  name!: string;
  disabled = false;

  protected applyRoleCreated({ name }: RoleCreated): void {
    this.name = name;
  }

  protected applyRoleDisabled(): void {
    this.disabled = true;
  }
}
