import { Event } from '../../../event-store/events/event';

export class RoleDisabled extends Event {
  static readonly $name = 'org/iam/role/disabled';
  override readonly $name = RoleDisabled.$name;
}
