import { rejection } from '../../../../test/support/aggregate-spec';
import type { Event } from '../../../event-store/events/event';
import { UserProjection } from './user.projection';

const ID = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const ADMIN = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';
const AUDITOR = '3c1e9b70-8d42-4a6f-9e15-7f0b2d6c5a03';

/** A stored event of the user: data, as it comes from a queue. */
function stored($version: number, what: string, properties: object = {}): Event {
  return {
    id: ID,
    $name: `org/iam/user/${what}`,
    $version,
    timestamp: `2026-01-01T00:00:0${$version}.000Z`,
    enrichmentData: [],
    ...properties,
  };
}

function roleAdded($version: number, roleId: string, name: string): Event {
  return stored($version, 'roleAdded', {
    roleId,
    enrichmentData: [
      { aggregateName: 'User', data: { id: ID, email: 'ada@domain.com' } },
      { aggregateName: 'Role', data: { id: roleId, name } },
    ],
  });
}

function projectionOf(...events: readonly Event[]): UserProjection {
  const projection = new UserProjection();

  events.forEach((event) => {
    projection.apply(event);
  });
  return projection;
}

const registered = stored(1, 'registered', { email: 'ada@domain.com' });

describe('UserProjection', () => {
  it('given no event, then stands before the first', () => {
    expect(projectionOf()).toMatchObject({ version: 0, roles: [], disabled: false });
  });

  it('given a registration, then shows the user without names or roles', () => {
    expect(projectionOf(registered)).toEqual({
      id: ID,
      email: 'ada@domain.com',
      roles: [],
      disabled: false,
      version: 1,
      timestamp: '2026-01-01T00:00:01.000Z',
    });
  });

  it('given a whole life, then shows what it came to and when', () => {
    const projection = projectionOf(
      registered,
      stored(2, 'updated', { firstName: 'Ada', lastName: 'Byron' }),
      roleAdded(3, ADMIN, 'Admin'),
      roleAdded(4, AUDITOR, 'Auditor'),
      stored(5, 'roleRemoved', { roleId: ADMIN }),
      stored(6, 'updated', { firstName: 'Ada', lastName: 'Lovelace' }),
      stored(7, 'disabled'),
    );

    expect(projection).toEqual({
      id: ID,
      email: 'ada@domain.com',
      firstName: 'Ada',
      lastName: 'Lovelace',
      roles: [{ id: AUDITOR, name: 'Auditor' }],
      disabled: true,
      version: 7,
      timestamp: '2026-01-01T00:00:07.000Z',
    });
  });

  it('given a role added without enrichment, then lists it without a name', () => {
    const projection = projectionOf(registered, stored(2, 'roleAdded', { roleId: ADMIN }));

    expect(projection.roles).toEqual([{ id: ADMIN, name: undefined }]);
  });

  it('given the removal of a role that it does not list, then moves on unchanged', () => {
    const projection = projectionOf(
      registered,
      roleAdded(2, ADMIN, 'Admin'),
      stored(3, 'roleRemoved', { roleId: AUDITOR }),
    );

    expect(projection).toMatchObject({ version: 3, roles: [{ id: ADMIN, name: 'Admin' }] });
  });

  it('given an event that it does not know, then says which method would, and stays where it was', () => {
    const projection = projectionOf(registered);

    const error = rejection(() => {
      projection.apply(stored(2, 'promoted'));
    });

    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      message: 'UserProjection needs a method applyUserPromoted for the event org/iam/user/promoted.',
    });
    expect(projection.version).toBe(1);
  });
});
