import type { Command } from '@node-ts/bus-messages';
import { IsIn, IsUUID } from 'class-validator';

import { ApplicationContainer } from '../../src/app/application-container';
import { commandController } from '../../src/app/http/command-controller';
import { body } from '../../src/app/http/request';
import { CloseBranch, Deposit, OpenAccount, OpenBranch, RenameAccount } from '../support/bank-commands';
import { CONTEXTS } from './bank-contexts';

const COMMANDS = { OpenAccount, RenameAccount, Deposit, OpenBranch, CloseBranch } as const;

/** What the teller takes. */
export type Errand = keyof typeof COMMANDS;

class ErrandDto {
  @IsIn(Object.keys(COMMANDS)) readonly command!: Errand;
  @IsUUID() readonly id!: string;
  readonly value?: unknown;
}

/** The bank's controller: one function for all of its commands. */
export const handler = commandController(new ApplicationContainer(CONTEXTS), {
  dto: ErrandDto,
  from: [body],
  command: ({ command, id, value }): Command => new COMMANDS[command](id, value as never),
});
