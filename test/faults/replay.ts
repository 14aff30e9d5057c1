import type { SQSEvent } from 'aws-lambda';

import { queueEventRecord } from '../../local/mappings/queue-event-record.ts';
import type { TestCloud } from '../support/test-cloud';
import { readState } from './stored-state';

/**
 * Hands the events of each of these aggregates to the projections again, as an operator does whose aggregates have no
 * further event that would heal them.
 */
export async function replay(
  cloud: TestCloud,
  aggregates: ReadonlySet<string>,
  project: (event: SQSEvent) => Promise<unknown>,
): Promise<void> {
  const { streams } = await readState(cloud);

  for (const id of aggregates) {
    const Records = (streams.get(id) ?? []).map((event) =>
      queueEventRecord({ MessageId: `${id} ${event.$version}`, Body: JSON.stringify(event), Attributes: {} }, ''),
    );

    await project({ Records });
  }
}
