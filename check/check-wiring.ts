import type { Finding } from './finding.ts';
import { Project } from './project/project.ts';
import { aggregateFindings } from './rules/aggregates.ts';
import { eventFindings } from './rules/events.ts';
import { handlerFindings } from './rules/handlers.ts';
import { injectionFindings } from './rules/injection.ts';
import { projectionFindings } from './rules/projections.ts';
import type { Sources } from './sources.ts';

/** Each family of mistakes is a file in rules/. */
const RULES = [eventFindings, aggregateFindings, projectionFindings, handlerFindings, injectionFindings];

/** All mistakes in the wiring at once. Reads texts and runs nothing. */
export function checkWiring(sources: Sources): Finding[] {
  const project = new Project(sources);

  return RULES.flatMap((rule) => rule(project));
}
