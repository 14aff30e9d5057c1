import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import type { Event } from '../../src/event-store/events/event';
import { toItem } from '../../src/event-store/events/event-item';
import { inBatches } from '../support/in-batches';

// Requests that a BatchWriteItem takes.
const SIZE = 25;

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
