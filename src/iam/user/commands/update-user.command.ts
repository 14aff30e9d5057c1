import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../../event-store/events/event';

export class UpdateUser extends Command {
  readonly $name = 'org/iam/user/update';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly firstName: string,
    readonly lastName: string,
  ) {
    super();
  }
}
