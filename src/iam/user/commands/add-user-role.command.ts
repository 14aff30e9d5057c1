import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../../event-store/events/event';

export class AddUserRole extends Command {
  readonly $name = 'org/iam/user/addRole';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly roleId: Uuid,
  ) {
    super();
  }
}
