import { Event, type Uuid } from '../../../event-store/events/event';

export class UserRegistered extends Event {
  static readonly $name = 'org/iam/user/registered';
  static override readonly personalData = [nameof<UserRegistered>((event) => event.email)];
  override readonly $name = UserRegistered.$name;

  constructor(
    id: Uuid,
    readonly email: string,
  ) {
    super(id);
  }
}
