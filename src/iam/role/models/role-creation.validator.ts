import { IsUUID } from 'class-validator';

import type { Uuid } from '../../../event-store/events/event';
import { IsRoleName } from './role.rules';

/** What a role is created with. */
export class RoleCreation {
  @IsUUID() readonly id: Uuid;
  @IsRoleName() readonly name: string;

  constructor(id: Uuid, name: string) {
    this.id = id;
    this.name = name;
  }
}
