import { Event, type Uuid } from '../../../event-store/events/event';

export class UserUpdated extends Event {
  static readonly $name = 'org/iam/user/updated';
  static override readonly personalData = [
    nameof<UserUpdated>((event) => event.firstName),
    nameof<UserUpdated>((event) => event.lastName),
  ];
  override readonly $name = UserUpdated.$name;

  constructor(
    id: Uuid,
    readonly firstName: string,
    readonly lastName: string,
  ) {
    super(id);
  }
}
