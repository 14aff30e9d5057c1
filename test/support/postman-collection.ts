import { join } from 'node:path';

import newman, { type NewmanRunSummary } from 'newman';

import { ROOT } from './local-cloud';

/** Runs the whole Postman collection, and expects each of its tests to pass. */
export async function passesPostmanCollection(variables: Readonly<Record<string, string>>): Promise<void> {
  const summary = await new Promise<NewmanRunSummary>((resolve, reject) => {
    newman.run(
      {
        collection: join(ROOT, 'ddd-cqrs-es-sam.postman_collection.json'),
        envVar: Object.entries(variables).map(([key, value]) => ({ key, value })),
        reporters: [],
      },
      (error, result) => {
        if (error) {
          reject(error);
        } else {
          resolve(result);
        }
      },
    );
  });

  expect(summary.run.failures.map(({ source, error }) => `${source?.name ?? ''}: ${error.message}`)).toEqual([]);
  expect(summary.run.stats.assertions.total).toBe(18);
}
