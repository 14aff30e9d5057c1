import { queueOf } from './naming.ts';
import type { Project } from './project.ts';

/** The queues that aggregates should have and the template does not, each with its aggregate's class. */
export function missingQueues({ aggregates, template }: Project): Map<string, string> {
  return new Map(
    aggregates
      .map(({ of, type }) => [queueOf(type), of.name] as const)
      .filter(([queue]) => !template.resources.has(queue)),
  );
}
