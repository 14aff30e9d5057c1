import { AccountOpened } from '../../../test/support/account';
import { UnknownEventError } from '../errors/unknown-event.error';
import { enrichmentOf } from './event';
import { decodeItem, decodeMessage } from './event-decoder';
import { toItem } from './event-item';
import { EventRegistry } from './event-registry';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

describe('decodeItem', () => {
  it('given an event, then its item has the key and the time beside it, and gives it back', () => {
    const event = Object.assign(new AccountOpened(ID, 'Ada'), {
      $version: 1,
      timestamp: '2026-01-01T00:00:00.000Z',
      eventId: 'e1f5c0d2-3b4a-4c6d-8e7f-9a0b1c2d3e05',
    });

    const item = toItem(event);

    expect(item).toMatchObject({ id: ID, $version: 1, timestamp: '2026-01-01T00:00:00.000Z' });
    expect(decodeItem(item)).toEqual({ ...event });
  });

  it('given the payload of a class in a later version, then its item says which; in the first version, it does not', () => {
    class AccountOpenedAgain extends AccountOpened {
      static override readonly schemaVersion = 2;
    }

    expect(toItem(new AccountOpenedAgain(ID, 'Ada')).event).toMatchObject({ schemaVersion: 2 });
    expect(JSON.stringify(toItem(new AccountOpened(ID, 'Ada')))).not.toContain('schemaVersion');
  });

  it('given a registry, then refuses an item that it does not know', () => {
    const registry = new EventRegistry([AccountOpened]);
    const item = toItem(Object.assign(new AccountOpened(ID, 'Ada'), { $version: 1 }));

    expect(decodeItem(item, registry)).toMatchObject({ owner: 'Ada' });
    expect(() => decodeItem({ ...item, event: { ...item.event, schemaVersion: 2 } }, registry)).toThrow(
      UnknownEventError,
    );
  });

  it('given an item from before event ids and enrichment, then gives an event that can be asked for its enrichment', () => {
    const event = decodeItem({
      id: ID,
      $version: 1,
      timestamp: '2019-08-01T09:00:00.000Z',
      event: { $name: 'org/bank/account/opened', owner: 'Ada' },
    });

    expect(event).toEqual({
      id: ID,
      $name: 'org/bank/account/opened',
      $version: 1,
      timestamp: '2019-08-01T09:00:00.000Z',
      owner: 'Ada',
      enrichmentData: [],
    });
    expect(enrichmentOf(event, 'Account')).toBeUndefined();
  });

  it('given an item whose event tells another key, then its own key counts', () => {
    const event = { $name: 'org/bank/account/opened', id: 'another', $version: 9, timestamp: 'never' };

    expect(decodeItem({ id: ID, $version: 2, timestamp: '2019-08-01T09:00:00.000Z', event })).toMatchObject({
      id: ID,
      $version: 2,
      timestamp: '2019-08-01T09:00:00.000Z',
    });
  });

  it('given enrichment of several aggregates, then finds the one asked for', () => {
    const event = new AccountOpened(ID, 'Ada');

    event.enrichmentData.push(
      { aggregateName: 'User', data: { id: 'user' } },
      { aggregateName: 'Role', data: { id: 'role', name: 'Admin' } },
    );

    expect(enrichmentOf(event, 'Role')).toEqual({ id: 'role', name: 'Admin' });
  });
});

describe('decodeMessage', () => {
  const event = { id: ID, $name: 'org/bank/account/opened', $version: 1, owner: 'Ada' };

  it('given an event, then gives it with all that it holds, and with the same defaults as from an item', () => {
    const decoded = { ...event, enrichmentData: [] };

    expect(decodeMessage(JSON.stringify(event))).toEqual({ reference: decoded, event: decoded });
  });

  it('given the reference to an event, then gives the reference alone', () => {
    const ref = { id: ID, $name: 'org/bank/account/opened', $version: 1 };

    expect(decodeMessage(JSON.stringify({ ref, reason: { code: 'NoEvent' } }))).toEqual({ reference: ref });
  });

  it('given text that is no JSON, then says so', () => {
    expect(() => decodeMessage('{"id":')).toThrow(SyntaxError);
  });

  it.each([
    ['nothing', null],
    ['a text', 'opened'],
    ['a list of events', [event]],
    ['no id', { ...event, id: undefined }],
    ['an id that is longer than any key of the log', { ...event, id: 'é'.repeat(1_025) }],
    ['no name', { ...event, $name: undefined }],
    ['no version', { ...event, $version: undefined }],
    ['a version that is no number', { ...event, $version: '1' }],
    ['a reference that says too little', { ref: { id: ID } }],
  ])('given JSON with %s, then says what an event needs', (_, value) => {
    expect(() => decodeMessage(JSON.stringify(value))).toThrow(
      /^Expected an event with id, \$name and \$version, and got /,
    );
  });
});
