import type { Event } from '../../../event-store/events/event';
import { RoleProjection } from './role.projection';

const ID = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';

const created = { id: ID, $name: 'org/iam/role/created', $version: 1, timestamp: '2026-01-01T00:00:01.000Z' };
const disabled = { id: ID, $name: 'org/iam/role/disabled', $version: 2, timestamp: '2026-01-01T00:00:02.000Z' };

describe('RoleProjection', () => {
  it('given a creation, then shows the role', () => {
    const projection = new RoleProjection();

    projection.apply({ ...created, name: 'Admin' } as unknown as Event);

    expect(projection).toEqual({
      id: ID,
      name: 'Admin',
      disabled: false,
      version: 1,
      timestamp: '2026-01-01T00:00:01.000Z',
    });
  });

  it('given a row from before and a disabling, then goes on from the row', () => {
    const row = { id: ID, name: 'Admin', disabled: false, version: 1, timestamp: created.timestamp };
    const projection = Object.assign(new RoleProjection(), row);

    projection.apply(disabled as Event);

    expect(projection).toEqual({ ...row, disabled: true, version: 2, timestamp: disabled.timestamp });
  });
});
