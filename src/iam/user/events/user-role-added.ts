import { Event, type Uuid } from '../../../event-store/events/event';

export class UserRoleAdded extends Event {
  static readonly $name = 'org/iam/user/roleAdded';
  override readonly $name = UserRoleAdded.$name;

  constructor(
    id: Uuid,
    readonly roleId: Uuid,
  ) {
    super(id);
  }
}
