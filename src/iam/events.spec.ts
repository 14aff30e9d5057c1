import type { Event, EventClass } from '../event-store/events/event';
import { RoleCreated } from './role/events/role-created';
import { RoleDisabled } from './role/events/role-disabled';
import { UserDisabled } from './user/events/user-disabled';
import { UserRegistered } from './user/events/user-registered';
import { UserRoleAdded } from './user/events/user-role-added';
import { UserRoleRemoved } from './user/events/user-role-removed';
import { UserUpdated } from './user/events/user-updated';

const ID = '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01';
const ROLE = '9d3f6a52-1c84-4f0b-b7d5-6e2a8c4f1b02';

interface Contract {
  readonly type: EventClass;
  readonly event: Event;
  readonly name: string;
  readonly payload: object;
  readonly personalData: readonly string[];
}

const CONTRACTS: readonly Contract[] = [
  {
    type: UserRegistered,
    event: new UserRegistered(ID, 'ada@domain.com'),
    name: 'org/iam/user/registered',
    payload: { email: 'ada@domain.com' },
    personalData: ['email'],
  },
  {
    type: UserUpdated,
    event: new UserUpdated(ID, 'Ada', 'Lovelace'),
    name: 'org/iam/user/updated',
    payload: { firstName: 'Ada', lastName: 'Lovelace' },
    personalData: ['firstName', 'lastName'],
  },
  {
    type: UserRoleAdded,
    event: new UserRoleAdded(ID, ROLE),
    name: 'org/iam/user/roleAdded',
    payload: { roleId: ROLE },
    personalData: [],
  },
  {
    type: UserRoleRemoved,
    event: new UserRoleRemoved(ID, ROLE),
    name: 'org/iam/user/roleRemoved',
    payload: { roleId: ROLE },
    personalData: [],
  },
  { type: UserDisabled, event: new UserDisabled(ID), name: 'org/iam/user/disabled', payload: {}, personalData: [] },
  {
    type: RoleCreated,
    event: new RoleCreated(ROLE, 'Admin'),
    name: 'org/iam/role/created',
    payload: { name: 'Admin' },
    personalData: [],
  },
  { type: RoleDisabled, event: new RoleDisabled(ROLE), name: 'org/iam/role/disabled', payload: {}, personalData: [] },
];

describe.each(CONTRACTS)('$name', ({ type, event, name, payload, personalData }) => {
  it(`has its public payload, of which ${personalData.join(' and ') || 'nothing'} is personal`, () => {
    const { id, ...rest } = JSON.parse(JSON.stringify(event)) as Event;

    expect(type.$name).toBe(name);
    expect(id).toBe(event.id);
    expect(rest).toEqual({ $name: name, $version: 0, timestamp: '', enrichmentData: [], ...payload });
    expect(type.personalData).toEqual(personalData);
  });
});
