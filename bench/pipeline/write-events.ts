import { randomUUID } from 'node:crypto';

import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import { lifeOf } from '../../src/iam/test/support/user-life';
import { inBatches } from '../in-batches';

/** Registered, named, given a role, named anew. */
export const EVENTS_OF_A_USER = 4;

// Requests that a BatchWriteItem takes.
const SIZE = 25;

/** The beginnings of many users' lives, as in a log that all wrote to at the same time: first all first events, … */
export function eventsOfUsers(count: number): Event[] {
  const lives = Array.from({ length: count }, () => lifeOf(randomUUID(), randomUUID()).slice(0, EVENTS_OF_A_USER));

  return lives.flat().toSorted((one, other) => one.$version - other.$version);
}

/** Writes events past the application; one of a later version after all of the earlier ones. */
export async function writeEvents(
  documents: DynamoDBDocumentClient,
  table: string,
  events: readonly Event[],
): Promise<void> {
  for (const ofVersion of Map.groupBy(events, ({ $version }) => $version).values()) {
    await inBatches(ofVersion, { size: SIZE, atOnce: 4 }, (batch) =>
      documents.send(
        new BatchWriteCommand({
          RequestItems: { [table]: batch.map((event) => ({ PutRequest: { Item: toItem(event) } })) },
        }),
      ),
    );
  }
}
