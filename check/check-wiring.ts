import type { Finding } from './finding.ts';
import type { Project } from './project/project.ts';
import { aggregateTypeFindings } from './rules/aggregate-types.ts';
import { aggregateFindings } from './rules/aggregates.ts';
import { claimFindings } from './rules/claims.ts';
import { commandFindings } from './rules/commands.ts';
import { dtoFindings } from './rules/dtos.ts';
import { enricherFindings } from './rules/enrichers.ts';
import { eventFindings } from './rules/events.ts';
import { functionFindings } from './rules/functions.ts';
import { handlerFindings } from './rules/handlers.ts';
import { injectionFindings } from './rules/injection.ts';
import { projectionPartFindings } from './rules/projection-parts.ts';
import { projectionFindings } from './rules/projections.ts';
import { queueFindings } from './rules/queues.ts';
import { releaseFindings } from './rules/releases.ts';
import { roleFindings } from './rules/roles.ts';
import { routeFindings } from './rules/routes.ts';
import { scopeFindings } from './rules/scopes.ts';
import { settingFindings } from './rules/settings.ts';
import { symbolFindings } from './rules/symbols.ts';
import { tableFindings } from './rules/tables.ts';
import { toolFindings } from './rules/tools.ts';
import { variableFindings } from './rules/variables.ts';
import { watchFindings } from './rules/watch.ts';

/** Each family of mistakes is a file in rules/. */
const RULES = [
  eventFindings,
  aggregateTypeFindings,
  aggregateFindings,
  projectionFindings,
  projectionPartFindings,
  handlerFindings,
  commandFindings,
  injectionFindings,
  symbolFindings,
  enricherFindings,
  claimFindings,
  tableFindings,
  queueFindings,
  releaseFindings,
  functionFindings,
  roleFindings,
  variableFindings,
  routeFindings,
  scopeFindings,
  dtoFindings,
  watchFindings,
  settingFindings,
  toolFindings,
];

/** All mistakes in the wiring at once. */
export function checkWiring(project: Project): Finding[] {
  return RULES.flatMap((rule) => rule(project));
}
