import type { Enricher } from '../../../event-store/events/enricher';
import type { UserUpdated } from '../events/user-updated';
import type { User } from '../models/user';

/** Adds the user and the ids of its roles, so that the user is renamed in each role's list of users. */
export class UserUpdatedEnricher implements Enricher<UserUpdated> {
  constructor(private readonly user: User) {}

  enrich(event: UserUpdated): void {
    const { id, firstName, lastName, email, roles } = this.user;

    event.enrichmentData.push({ aggregateName: 'User', data: { id, firstName, lastName, email, roles: [...roles] } });
  }
}
