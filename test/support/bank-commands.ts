import { Command } from '@node-ts/bus-messages';

import type { Uuid } from '../../src/event-store/events/event';

export class OpenAccount extends Command {
  readonly $name = 'org/bank/account/open';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly owner: string,
    readonly branchId?: Uuid,
  ) {
    super();
  }
}

export class RenameAccount extends Command {
  readonly $name = 'org/bank/account/rename';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly name: string,
  ) {
    super();
  }
}

export class Deposit extends Command {
  readonly $name = 'org/bank/account/deposit';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly amount: number,
  ) {
    super();
  }
}

export class Withdraw extends Command {
  readonly $name = 'org/bank/account/withdraw';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly amount: number,
  ) {
    super();
  }
}

export class HandOverAccount extends Command {
  readonly $name = 'org/bank/account/handOver';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly to: string,
  ) {
    super();
  }
}

export class CloseAccount extends Command {
  readonly $name = 'org/bank/account/close';
  readonly $version = 1;

  constructor(readonly id: Uuid) {
    super();
  }
}

export class OpenBranch extends Command {
  readonly $name = 'org/bank/branch/open';
  readonly $version = 1;

  constructor(
    readonly id: Uuid,
    readonly town: string,
  ) {
    super();
  }
}

export class CloseBranch extends Command {
  readonly $name = 'org/bank/branch/close';
  readonly $version = 1;

  constructor(readonly id: Uuid) {
    super();
  }
}
