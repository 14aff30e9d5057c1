import { AccountClosed, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { EventRegistry } from './event-registry';

describe('EventRegistry', () => {
  const registry = new EventRegistry([AccountOpened, AccountDeposited, AccountClosed]);

  it('given the name of an event that was registered, then finds its class', () => {
    expect(registry.find('org/bank/account/deposited')).toBe(AccountDeposited);
  });

  it('given another name, then finds nothing', () => {
    expect(registry.find('org/bank/account/frozen')).toBeUndefined();
  });

  it('given an aggregate type, then names all its events, and no others', () => {
    expect(registry.namesOf('org/bank/account')).toEqual([
      'org/bank/account/opened',
      'org/bank/account/deposited',
      'org/bank/account/closed',
    ]);
    expect(registry.namesOf('org/bank')).toEqual([]);
  });

  it('given two classes with one name, then names both', () => {
    class AccountReopened extends AccountOpened {}

    expect(() => new EventRegistry([AccountOpened, AccountReopened])).toThrow(
      'Expected each event to have a $name of its own, and got org/bank/account/opened of AccountOpened and AccountReopened.',
    );
  });
});
