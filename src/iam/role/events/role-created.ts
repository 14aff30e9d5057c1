import { Event, type Uuid } from '../../../event-store/events/event';

export class RoleCreated extends Event {
  static readonly $name = 'org/iam/role/created';
  override readonly $name = RoleCreated.$name;

  constructor(
    id: Uuid,
    readonly name: string,
  ) {
    super(id);
  }
}
