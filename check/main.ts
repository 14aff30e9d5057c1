import { join } from 'node:path';

import { checkWiring } from './check-wiring.ts';
import { lineOf } from './finding.ts';
import { functionsOf } from './project/template-values.ts';
import { Project } from './project/project.ts';
import { Sources } from './sources.ts';

try {
  const project = new Project(Sources.of(join(import.meta.dirname, '..')));
  const findings = checkWiring(project);

  if (findings.length > 0) {
    console.error(findings.map(lineOf).join('\n'));
    process.exitCode = 1;
  } else {
    console.log(`The wiring is right: ${countsOf(project)}.`);
  }
} catch (error) {
  // A file that is missing, or a template that cannot be read.
  console.error((error as Error).message);
  process.exitCode = 1;
}

function countsOf({ contexts, aggregates, events, commandHandlers, projectionEntries, template }: Project): string {
  return [
    `contexts: ${contexts.length}`,
    `aggregates: ${aggregates.length}`,
    `events: ${events.length}`,
    `command handlers: ${commandHandlers.length}`,
    `projections: ${projectionEntries.length}`,
    `functions: ${functionsOf(template).length}`,
  ].join(', ');
}
