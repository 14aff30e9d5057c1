import { Event, type Uuid } from '../../../event-store/events/event';

export class UserRoleRemoved extends Event {
  static readonly $name = 'org/iam/user/roleRemoved';
  override readonly $name = UserRoleRemoved.$name;

  constructor(
    id: Uuid,
    readonly roleId: Uuid,
  ) {
    super(id);
  }
}
