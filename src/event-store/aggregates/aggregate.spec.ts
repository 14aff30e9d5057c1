import { Account, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at, given, rejection } from '../../../test/support/aggregate-spec';
import { Event } from '../events/event';
import { Aggregate } from './aggregate';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

const opened = new AccountOpened(ID, 'Ada');

describe('Aggregate', () => {
  it('given a history, when it decides, then records only what is new, at the next version', () => {
    const account = given(Account, opened, new AccountDeposited(ID, 20));

    const returned = account.deposit(5);

    expect(account.recorded).toStrictEqual([at(3, new AccountDeposited(ID, 5))]);
    expect(account.recorded[0]).toBe(returned);
    expect(account).toMatchObject({ version: 3, balance: 25 });
  });

  it('given a history that starts late, as behind a snapshot, then goes on from its last version', () => {
    const account = new Account(ID);

    account.replay(at(101, new AccountDeposited(ID, 20)));
    account.deposit(5);

    expect(account.recorded).toMatchObject([{ $version: 102 }]);
  });

  it('given the state of another, then is what that one was, and goes on from its version', () => {
    const account = given(Account, opened, new AccountDeposited(ID, 20));
    const restored = new Account(ID);

    restored.restore(account.state, 2);
    restored.deposit(5);

    expect(restored).toMatchObject({ owner: 'Ada', balance: 25, version: 3 });
    expect(restored.recorded).toMatchObject([{ $version: 3 }]);
  });

  it('given an event without a method, when decided, then rejects and stays as it was', () => {
    class Frozen extends Event {
      static readonly $name = 'org/bank/vault/frozen';
      override readonly $name = Frozen.$name;
    }
    class Vault extends Aggregate {
      readonly state = {};

      freeze(): void {
        this.record(new Frozen(this.id));
      }

      protected restoreState(): void {
        // It has none.
      }
    }
    const vault = new Vault(ID);

    const error = rejection(() => {
      vault.freeze();
    });

    expect(vault.recorded).toEqual([]);
    expect(vault.version).toBe(0);
    expect(error).toBeInstanceOf(Error);
  });
});
