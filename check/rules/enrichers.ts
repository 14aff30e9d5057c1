import type { Finding } from '../finding.ts';
import type { Project } from '../project/project.ts';
import type { ClassSyntax } from '../syntax/class-syntax.ts';
import { nameOf } from '../syntax/value.ts';

/** An enricher that nobody calls leaves events without what projections of other aggregates need. */
export function enricherFindings({ code, contextClasses }: Project): Finding[] {
  const enrichers = contextClasses.filter(({ interfaces }) => interfaces.some((id) => nameOf(id) === 'Enricher'));

  return enrichers.flatMap((enricher) => {
    const makers = code.modules.filter(({ constructed }) => constructed.has(enricher.id));
    const idle = makers.find(({ enriching }) => !enriching.has(enricher.id));

    if (makers.length === 0) return [forgotten(enricher, 'nobody makes one')];
    return idle ? [forgotten(enricher, `${idle.path} makes one, and does not call its method enrich`)] : [];
  });
}

function forgotten({ name, file }: ClassSyntax, problem: string): Finding {
  return {
    rule: 'enricher-forgotten',
    subject: name,
    file,
    problem: `${problem}, so that its event is not enriched`,
    remedy: `Call new ${name}(…).enrich(event) in the service that records the event, or remove the class`,
  };
}
