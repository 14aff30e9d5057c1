import type { EnrichmentData, Event } from '../../../event-store/events/event';
import { membershipChanges } from './membership.projection';

const USER = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const ADMIN = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';
const AUDITOR = '3c1e9b70-8d42-4a6f-9e15-7f0b2d6c5a03';

const ada = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@domain.com' };

function changesOf(what: string, properties: object, ...enrichmentData: EnrichmentData[]) {
  return membershipChanges({ id: USER, $name: `org/iam/user/${what}`, enrichmentData, ...properties } as Event);
}

function user(data: object): EnrichmentData {
  return { aggregateName: 'User', data: { id: USER, ...data } };
}

describe('membershipChanges', () => {
  it('given a role added, then puts the user into the role', () => {
    const role = { aggregateName: 'Role', data: { id: ADMIN, name: 'Admin' } };

    expect(changesOf('roleAdded', { roleId: ADMIN }, user(ada), role)).toEqual([
      { put: { roleId: ADMIN, userId: USER, ...ada } },
    ]);
  });

  it('given a role added to a user without a name, then puts only the e-mail', () => {
    expect(changesOf('roleAdded', { roleId: ADMIN }, user({ email: 'ada@domain.com' }))).toEqual([
      { put: { roleId: ADMIN, userId: USER, email: 'ada@domain.com' } },
    ]);
  });

  it('given a role added without enrichment, then puts the user by id', () => {
    expect(changesOf('roleAdded', { roleId: ADMIN })).toEqual([{ put: { roleId: ADMIN, userId: USER } }]);
  });

  it('given a role removed, then removes the user from that role alone', () => {
    expect(changesOf('roleRemoved', { roleId: ADMIN })).toEqual([{ remove: { roleId: ADMIN, userId: USER } }]);
  });

  it('given an update, then renames the user in each role', () => {
    expect(
      changesOf('updated', { firstName: 'Ada', lastName: 'Lovelace' }, user({ ...ada, roles: [ADMIN, AUDITOR] })),
    ).toEqual([{ put: { roleId: ADMIN, userId: USER, ...ada } }, { put: { roleId: AUDITOR, userId: USER, ...ada } }]);
  });

  it.each([
    ['an update of a user without roles', 'updated', [user({ ...ada, roles: [] })]],
    ['an update without enrichment', 'updated', []],
    ['a registration', 'registered', []],
    ['a disabling, since a disabled user keeps the roles', 'disabled', []],
  ])('given %s, then changes nothing', (_, what, enrichmentData) => {
    expect(changesOf(what, {}, ...enrichmentData)).toEqual([]);
  });
});
