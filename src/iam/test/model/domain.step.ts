import type { Command } from '@node-ts/bus-messages';
import fc from 'fast-check';

import { CreateRole } from '../../role/commands/create-role.command';
import { DisableRole } from '../../role/commands/disable-role.command';
import { AddUserRole } from '../../user/commands/add-user-role.command';
import { DisableUser } from '../../user/commands/disable-user.command';
import { RegisterUser } from '../../user/commands/register-user.command';
import { RemoveUserRole } from '../../user/commands/remove-user-role.command';
import { UpdateUser } from '../../user/commands/update-user.command';
import type { DomainModel, Outcome } from './domain.model';
import type { DomainSystem } from './domain.system';

type OnOutcome = (command: Command, outcome: Outcome) => void;

/** One command, valid or not, whose outcome must be the one that the model tells. */
class Step implements fc.AsyncCommand<DomainModel, DomainSystem> {
  constructor(
    private readonly command: Command,
    private readonly decide: (model: DomainModel) => Outcome,
    private readonly onOutcome: OnOutcome,
  ) {}

  /** Also what is refused is worth a try. */
  check(): boolean {
    return true;
  }

  async run(model: DomainModel, system: DomainSystem): Promise<void> {
    const expected = this.decide(model);

    expect(await system.dispatch(this.command)).toEqual(expected);
    this.onOutcome(this.command, expected);
  }

  toString(): string {
    const values = JSON.stringify(this.command, (key, value: unknown) => (key.startsWith('$') ? undefined : value));

    return `${this.command.constructor.name} ${ascii(values)}`;
  }
}

/** Tells apart what Unicode writes in two ways. */
function ascii(text: string): string {
  return text.replace(/\P{ASCII}/gu, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`);
}

// Few of each, so that commands meet; ids that a reader of a counterexample can tell apart.
const [ADA, BOB] = ['ada00000-0000-4000-8000-000000000000', 'b0b00000-0000-4000-8000-000000000000'];
const [ACE, FAB] = ['ace00000-0000-4000-8000-000000000000', 'fab00000-0000-4000-8000-000000000000'];
const NOBODY = 'dead0000-0000-4000-8000-000000000000';

/** Mostly ids of one kind, sometimes one of the other or of nobody. */
const mostly = (...ids: readonly string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...ids) }, fc.constantFrom(ADA, ACE, NOBODY));
const userId = mostly(ADA, ADA, BOB);
const roleId = mostly(ACE, ACE, FAB);
const newUserId = fc.constantFrom(ADA, ADA, ADA, BOB, BOB, ACE, 'no-uuid');
const newRoleId = fc.constantFrom(ACE, ACE, ACE, FAB, FAB, ADA, 'no-uuid');

// The same address in two cases, and one address in both ways that Unicode writes it.
const email = fc.constantFrom('ada@domain.com', 'ADA@Domain.com', 'zo\u00eb@domain.com', 'zoe\u0308@domain.com', 'ada');
const personName = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('Ada', 'Zo\u00eb') }, fc.constantFrom('', 'R2D2'));
const roleName = fc.constantFrom('Admin', 'admin', 'Zo\u00eb', 'Zoe\u0308', 'Level 1');

const ignore: OnOutcome = () => undefined;

/** A sequence that starts with these gets further. */
export const OPENING: readonly Step[] = [
  new Step(new RegisterUser(ADA, 'ada@domain.com'), (model) => model.register(ADA, 'ada@domain.com'), ignore),
  new Step(new CreateRole(ACE, 'Admin'), (model) => model.createRole(ACE, 'Admin'), ignore),
];

/**
 * Commands of every kind, the more often the more a sequence needs of them to get far.
 *
 * @param onOutcome is told what each one came to
 */
export function steps(onOutcome: OnOutcome): fc.Arbitrary<Step>[] {
  const step = (command: Command, decide: (model: DomainModel) => Outcome) => new Step(command, decide, onOutcome);
  const often = (times: number, arbitrary: fc.Arbitrary<Step>) => Array.from({ length: times }, () => arbitrary);
  const register = fc.tuple(newUserId, email);
  const update = fc.tuple(userId, personName, personName);
  const both = fc.tuple(userId, roleId);
  const create = fc.tuple(newRoleId, roleName);

  return [
    ...often(
      3,
      register.map((args) => step(new RegisterUser(...args), (model) => model.register(...args))),
    ),
    ...often(
      3,
      create.map((args) => step(new CreateRole(...args), (model) => model.createRole(...args))),
    ),
    ...often(
      4,
      both.map((args) => step(new AddUserRole(...args), (model) => model.addRole(...args))),
    ),
    ...often(
      4,
      both.map((args) => step(new RemoveUserRole(...args), (model) => model.removeRole(...args))),
    ),
    ...often(
      2,
      update.map((args) => step(new UpdateUser(...args), (model) => model.update(...args))),
    ),
    userId.map((id) => step(new DisableUser(id), (model) => model.disableUser(id))),
    ...often(
      2,
      roleId.map((id) => step(new DisableRole(id), (model) => model.disableRole(id))),
    ),
  ];
}
