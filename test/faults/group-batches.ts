import type { SQSEvent, SQSRecord } from 'aws-lambda';

import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { TestCloud } from '../support/test-cloud';
import type { Project } from './mutation';
import { readState } from './stored-state';

const BATCH = 10;

/**
 * Fills batches with their aggregates' next events, as SQS does, which hands out up to ten messages of a group at a time;
 * the engine hands out one. What is answered of those is left out, since they come by themselves later.
 */
export function inGroupBatches(cloud: TestCloud, project: Project): Project {
  return async ({ Records }, deadline) => {
    const received = new Set(Records.map(({ messageId }) => messageId));
    const { batchItemFailures } = await project(await withSuccessors(cloud, Records), deadline);

    return { batchItemFailures: batchItemFailures.filter(({ itemIdentifier }) => received.has(itemIdentifier)) };
  };
}

async function withSuccessors(cloud: TestCloud, records: readonly SQSRecord[]): Promise<SQSEvent> {
  const { streams } = await readState(cloud);
  const successors = records.flatMap((record) => {
    const { id, $version } = decodeMessage(record.body).reference;

    return (streams.get(id) ?? []).slice($version).map((event) => ({
      ...record,
      messageId: `${id} ${event.$version}`,
      body: JSON.stringify(event),
    }));
  });

  return { Records: [...records, ...successors].slice(0, BATCH) };
}

/** Every record of a batch is delivered for itself, whatever has become of those before it. */
export function eachAlone(project: Project): Project {
  return async ({ Records }, deadline) => {
    const batchItemFailures = [];

    for (const record of Records) {
      batchItemFailures.push(...(await project({ Records: [record] }, deadline)).batchItemFailures);
    }
    return { batchItemFailures };
  };
}
