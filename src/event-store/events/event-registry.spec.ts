import { AccountClosed, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { recorded } from '../../../test/support/events';
import { UnknownEventError } from '../errors/unknown-event.error';
import { EventRegistry } from './event-registry';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

class AccountMoved extends AccountOpened {
  static override readonly $name = 'org/bank/account/moved' as typeof AccountOpened.$name;
  static override readonly schemaVersion = 2;
  override readonly $name = AccountMoved.$name;
}

describe('EventRegistry', () => {
  const registry = new EventRegistry([AccountOpened, AccountDeposited, AccountClosed, AccountMoved]);
  const opened = recorded(new AccountOpened(ID, 'Ada'), 1);

  it('given an aggregate type, then names all its events, and no others', () => {
    expect(registry.namesOf('org/bank/account')).toEqual([
      'org/bank/account/opened',
      'org/bank/account/deposited',
      'org/bank/account/closed',
      'org/bank/account/moved',
    ]);
    expect(registry.namesOf('org/bank')).toEqual([]);
  });

  it('given an event of a registered name and payload version, then knows it', () => {
    expect(() => {
      registry.ensureKnown(opened);
      registry.ensureKnown({ ...opened, schemaVersion: 1 });
      registry.ensureKnown(recorded(new AccountMoved(ID, 'Ada'), 2));
    }).not.toThrow();
  });

  it('given an event of another aggregate, then leaves it to others', () => {
    expect(() => {
      registry.ensureKnown({ ...opened, $name: 'org/bank/branch/opened' });
    }).not.toThrow();
  });

  it('given another name of a registered aggregate, then refuses it', () => {
    expect(() => {
      registry.ensureKnown({ ...opened, $name: 'org/bank/account/frozen' });
    }).toThrow(
      new UnknownEventError(
        `Expected an event that this code knows, and got org/bank/account/frozen, version 1 of the aggregate ${ID}.`,
      ),
    );
  });

  it.each([
    ['newer', opened, 2, 1],
    ['older', recorded(new AccountMoved(ID, 'Ada'), 1), 1, 2],
  ])('given a payload version that is %s than the registered one, then refuses it', (_, event, came, expected) => {
    expect(() => {
      registry.ensureKnown({ ...event, schemaVersion: came });
    }).toThrow(
      new UnknownEventError(
        `Expected the payload of ${event.$name} in version ${expected}, and got ${came} in version 1 of the aggregate ${ID}.`,
      ),
    );
  });

  it('given two classes with one name, then names both at its events, and no others suffer', () => {
    class AccountReopened extends AccountOpened {}
    const mistaken = new EventRegistry([AccountOpened, AccountReopened, AccountDeposited]);

    expect(() => {
      mistaken.ensureKnown(recorded(new AccountDeposited(ID, 1), 2));
    }).not.toThrow();
    expect(() => {
      mistaken.ensureKnown(opened);
    }).toThrow(
      'Expected each event to have a $name of its own, and got org/bank/account/opened of AccountOpened and AccountReopened.',
    );
  });

  it('given an event that is not released, then it may be read and not be written', () => {
    const careful = new EventRegistry([AccountOpened, AccountDeposited], new Set([AccountDeposited.$name]));
    const deposited = recorded(new AccountDeposited(ID, 1), 2);

    expect(() => {
      careful.ensureKnown(deposited);
      careful.ensureReleased(opened);
    }).not.toThrow();
    expect(() => {
      careful.ensureReleased(deposited);
    }).toThrow(
      new UnknownEventError(
        'Expected a released event, and got org/bank/account/deposited, which is announced: add it to the parameter releasedEvents once this release is everywhere.',
      ),
    );
  });
});
