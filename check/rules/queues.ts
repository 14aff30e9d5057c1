import type { Finding } from '../finding.ts';
import { nearest, queueOf } from '../project/naming.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf, referenceIn, variablesOf } from '../project/template-values.ts';

const BROKER = 'EventBroker';

/** The broker knows a queue for each aggregate type, by the queue's name. */
export function queueFindings({ aggregates, template }: Project): Finding[] {
  const broker = functionsOf(template).find(({ logicalId }) => logicalId === BROKER);
  const variables = variablesOf(broker?.properties ?? {});
  const expected = new Map(aggregates.map(({ of, type }) => [queueOf(type), of.name]));
  const unknown = Object.keys(variables).filter((name) => name.endsWith('ueue') && !expected.has(name));

  return [...expected].flatMap(([queue, aggregate]) => {
    if (!(queue in variables)) return [missing(queue, aggregate, nearest(queue, unknown))];

    const resource = referenceIn(variables[queue]);
    return resource === queue && template.resources.has(queue) ? [] : [elsewhere(queue, resource)];
  });
}

function missing(queue: string, aggregate: string, other: string | undefined): Finding {
  return {
    rule: 'queue-variable',
    subject: BROKER,
    file: TEMPLATE,
    problem: `it has no variable ${queue}, so that events of ${aggregate} reach no queue`,
    remedy: other ? `Rename its variable ${other} to ${queue}` : `Add ${queue}: !Ref ${queue} to its Environment`,
  };
}

function elsewhere(queue: string, resource: string | undefined): Finding {
  return {
    rule: 'queue-variable',
    subject: BROKER,
    file: TEMPLATE,
    problem: `its variable ${queue} is not the queue of that name, but ${resource ?? 'something else'}`,
    remedy: `Write ${queue}: !Ref ${queue}, and see that the loop over the aggregates makes the queue`,
  };
}
