import { join } from 'node:path';

import { checkWiring } from './check-wiring.ts';
import { lineOf } from './finding.ts';
import { Project } from './project/project.ts';
import { Sources } from './sources.ts';

const sources = Sources.of(join(import.meta.dirname, '..'));
const findings = checkWiring(sources);

if (findings.length > 0) {
  console.error(findings.map(lineOf).join('\n'));
  process.exitCode = 1;
} else {
  const { contexts, aggregates, events, commandHandlers, projectionEntries } = new Project(sources);
  console.log(
    `The wiring is right: ${contexts.length} context(s), ${aggregates.length} aggregates, ${events.length} events, ` +
      `${commandHandlers.length} command handlers, ${projectionEntries.length} projections.`,
  );
}
