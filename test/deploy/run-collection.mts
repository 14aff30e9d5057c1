/** `run-collection.mts NAME=VALUE …`: runs the Postman collection with these variables; fails unless all of its tests pass. */
import { join } from 'node:path';

import newman from 'newman';

const COLLECTION = join(import.meta.dirname, '../../ddd-cqrs-es-sam.postman_collection.json');

function variable(assignment: string): { key: string; value: string } {
  const [key = '', value = ''] = assignment.split(/=(.*)/s);

  return { key, value };
}

newman.run({ collection: COLLECTION, envVar: process.argv.slice(2).map(variable), reporters: [] }, (error, summary) => {
  if (error) throw error;
  const tests = summary.run.stats.assertions.total ?? 0;
  const problems = summary.run.failures.map((failure) => `${failure.source?.name ?? ''}: ${failure.error.message}`);

  if (tests === 0) problems.push('Expected the Postman collection to have tests.');
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
  console.log(`${tests} tests`);
});
