import { randomUUID } from 'node:crypto';

import { QueryCommand } from '@aws-sdk/lib-dynamodb';

import type { Event, Uuid } from '../../src/event-store/events/event';
import { decodeItem } from '../../src/event-store/events/event-decoder';
import type { EventItem } from '../../src/event-store/events/event-item';
import { sendCommand } from './clients';
import type { RunningCloud } from './running-cloud';

/** Registered, named, given a role, named anew. */
export const EVENTS_OF_A_USER = 4;

/** What a user's log says, for others to have one like it: of the domain this knows what a client of the API knows. */
export class SampleLife {
  private constructor(
    readonly id: Uuid,
    private readonly roleId: Uuid,
    private readonly events: readonly Event[],
  ) {}

  /** Sends the commands that make it. */
  static async record(cloud: RunningCloud): Promise<SampleLife> {
    const [id, roleId] = [randomUUID(), randomUUID()];
    const { url } = cloud;

    await sendCommand('POST', `${url}/roles`, { id: roleId, name: 'Bench' });
    await sendCommand('POST', `${url}/users`, { id, email: `${id}@domain.com` });
    await sendCommand('PUT', `${url}/users/${id}`, { firstName: 'Ada', lastName: 'Byron' });
    await sendCommand('POST', `${url}/users/${id}/roles`, { roleId });
    await sendCommand('PUT', `${url}/users/${id}`, { firstName: 'Ada', lastName: 'Lovelace' });
    const { Items = [] } = await cloud.documents.send(
      new QueryCommand({
        TableName: cloud.table('EventLog'),
        ConsistentRead: true,
        KeyConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': id },
      }),
    );

    return new SampleLife(
      id,
      roleId,
      (Items as EventItem[]).map((item) => decodeItem(item)),
    );
  }

  /** The lives of many others, as in a log that all wrote to at the same time: first all first events, … */
  ofOthers(count: number): Event[] {
    const lives = Array.from({ length: count }, () => this.another());

    return lives.flat().toSorted((one, other) => one.$version - other.$version);
  }

  private another(): Event[] {
    const [id, roleId] = [randomUUID(), randomUUID()];
    const json = JSON.stringify(this.events).replaceAll(this.id, id).replaceAll(this.roleId, roleId);

    return (JSON.parse(json) as Event[]).map((event) => ({ ...event, eventId: randomUUID() }));
  }
}
