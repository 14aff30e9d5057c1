import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../../event-store/events/event';

export class RemoveUserRole extends Command {
  readonly $name = 'org/iam/user/removeRole';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly roleId: Uuid,
  ) {
    super();
  }
}
