import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../../event-store/events/event';

export class RegisterUser extends Command {
  readonly $name = 'org/iam/user/register';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly email: string,
  ) {
    super();
  }
}
