import { Event } from '../../../event-store/events/event';

export class UserDisabled extends Event {
  static readonly $name = 'org/iam/user/disabled';
  override readonly $name = UserDisabled.$name;
}
