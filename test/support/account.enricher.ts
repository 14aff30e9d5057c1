import type { Enricher } from '../../src/event-store/events/enricher';
import type { Account, AccountHandedOver, AccountRenamed } from './account';

/** Tells the owner's portfolio what the account is after the event. */
export class AccountEnricher implements Enricher<AccountHandedOver | AccountRenamed> {
  constructor(private readonly account: Account) {}

  enrich(event: AccountHandedOver | AccountRenamed): void {
    const { id, owner, name, branchId } = this.account;

    event.enrichmentData.push({ aggregateName: 'Account', data: { id, owner, name, branchId } });
  }
}
