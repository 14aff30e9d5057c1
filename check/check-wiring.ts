import type { Finding } from './finding.ts';
import type { Project } from './project/project.ts';
import { aggregateFindings } from './rules/aggregates.ts';
import { commandFindings } from './rules/commands.ts';
import { dtoFindings } from './rules/dtos.ts';
import { enricherFindings } from './rules/enrichers.ts';
import { eventFindings } from './rules/events.ts';
import { functionFindings } from './rules/functions.ts';
import { handlerFindings } from './rules/handlers.ts';
import { injectionFindings } from './rules/injection.ts';
import { projectionFindings } from './rules/projections.ts';
import { queueFindings } from './rules/queues.ts';
import { routeFindings } from './rules/routes.ts';
import { settingFindings } from './rules/settings.ts';
import { tableFindings } from './rules/tables.ts';

/** Each family of mistakes is a file in rules/. */
const RULES = [
  eventFindings,
  aggregateFindings,
  projectionFindings,
  handlerFindings,
  commandFindings,
  injectionFindings,
  enricherFindings,
  tableFindings,
  queueFindings,
  functionFindings,
  routeFindings,
  dtoFindings,
  settingFindings,
];

/** All mistakes in the wiring at once. */
export function checkWiring(project: Project): Finding[] {
  return RULES.flatMap((rule) => rule(project));
}
