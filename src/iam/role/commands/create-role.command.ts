import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../../event-store/events/event';

export class CreateRole extends Command {
  readonly $name = 'org/iam/role/create';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly name: string,
  ) {
    super();
  }
}
