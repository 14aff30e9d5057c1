import { Account } from '../../../test/support/account';
import { WarmAggregates } from './warm-aggregates';

describe('WarmAggregates', () => {
  it('given an aggregate that was kept, then gives it once', () => {
    const warm = new WarmAggregates<Account>();
    const account = Account.open('a', 'Ada');

    warm.keep(account);

    expect(warm.take('a')).toBe(account);
    expect(warm.take('a')).toBeUndefined();
  });

  it('given more than a thousand, then gives up the one that was not used for longest', () => {
    const warm = new WarmAggregates<Account>();
    const accounts = Array.from({ length: 1_001 }, (_, index) => Account.open(String(index), 'Ada'));

    accounts.slice(0, 1_000).forEach((account) => {
      warm.keep(account);
    });
    warm.keep(warm.take('0')!);
    warm.keep(accounts[1_000]!);

    expect(warm.take('1')).toBeUndefined();
    expect(warm.take('0')).toBe(accounts[0]);
    expect(warm.take('2')).toBe(accounts[2]);
    expect(warm.take('1000')).toBe(accounts[1_000]);
  });
});
