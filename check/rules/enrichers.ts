import type { Finding } from '../finding.ts';
import type { Project } from '../project/project.ts';
import { nameOf } from '../syntax/value.ts';

/** An enricher that nobody calls leaves events without what projections of other aggregates need. */
export function enricherFindings({ contextClasses, modules }: Project): Finding[] {
  const constructed = new Set(modules.flatMap((module) => [...module.constructed]));

  return contextClasses
    .filter(({ interfaces }) => interfaces.some((id) => nameOf(id) === 'Enricher'))
    .filter(({ id }) => !constructed.has(id))
    .map(({ name, file }) => ({
      rule: 'enricher-forgotten',
      subject: name,
      file,
      problem: 'nobody makes one, so that its event is not enriched',
      remedy: `Call new ${name}(…).enrich(event) in the service that records the event, or remove the class`,
    }));
}
