import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../../event-store/events/event';

export class DisableUser extends Command {
  readonly $name = 'org/iam/user/disable';
  readonly $version = 1;

  constructor(readonly id: Uuid) {
    super();
  }
}
