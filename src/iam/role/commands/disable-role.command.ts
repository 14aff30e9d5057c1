import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../../event-store/events/event';

export class DisableRole extends Command {
  readonly $name = 'org/iam/role/disable';
  readonly $version = 1;

  constructor(readonly id: Uuid) {
    super();
  }
}
