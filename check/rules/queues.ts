import { nearest } from '../../local/template/nearest.ts';
import type { Finding } from '../finding.ts';
import { missingQueues } from '../project/missing-queues.ts';
import { queueOf } from '../project/naming.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf, referenceIn, variablesOf } from '../project/template-values.ts';

const BROKER = 'EventBroker';
const RULE = 'queue-variable';
/** The queues of aggregates begin with a capital letter, what the engine itself needs does not. */
const IS_QUEUE = /^[A-Z].*ueue$/;

/** The broker knows a queue for each aggregate type, by the queue's name. */
export function queueFindings(project: Project): Finding[] {
  const { aggregates, template } = project;
  const broker = functionsOf(template).find(({ logicalId }) => logicalId === BROKER);
  const variables = variablesOf(broker?.properties ?? {});
  const without = missingQueues(project);
  const expected = new Map(aggregates.map(({ of, type }) => [queueOf(type), of.name]));
  const unknown = Object.keys(variables).filter((name) => IS_QUEUE.test(name) && !expected.has(name));
  const wrong = [...expected]
    .filter(([queue]) => !without.has(queue))
    .flatMap(([queue, aggregate]): Finding[] => {
      if (!(queue in variables)) return [missing(queue, aggregate, nearest(queue, unknown))];

      const resource = referenceIn(variables[queue]);
      return resource === queue ? [] : [elsewhere(queue, resource)];
    });
  const told = [
    ...[...without].map(([queue, aggregate]) => withoutQueue(project, queue, aggregate, queue in variables)),
    ...wrong,
  ];

  // Where two aggregates have one type, the queue of the one looks like nobody's.
  return told.length > 0 || expected.size < aggregates.length ? told : unknown.map(ofNobody);
}

function withoutQueue({ sources }: Project, queue: string, aggregate: string, isKnown: boolean): Finding {
  const name = queue.replace(/Queue$/, '');
  const loops = ['Aggregates', 'Queues']
    .map((loop) => `Fn::ForEach::${loop}`)
    .filter((loop) => sources.read(TEMPLATE).includes(loop));
  const queueItself =
    loops.length > 0
      ? `Add ${name} to the list of ${loops.join(' and of ')}`
      : `Add a FIFO queue ${queue} with its processor`;

  return {
    rule: 'queue-missing',
    subject: queue,
    file: TEMPLATE,
    problem: `there is no such queue, so that events of ${aggregate} reach no projection`,
    remedy: isKnown ? queueItself : `${queueItself}, and ${queue}: !Ref ${queue} to the Environment of ${BROKER}`,
  };
}

function missing(queue: string, aggregate: string, other: string | undefined): Finding {
  return {
    rule: RULE,
    subject: BROKER,
    file: TEMPLATE,
    problem: `it has no variable ${queue}, so that events of ${aggregate} reach no queue`,
    remedy: other ? `Rename its variable ${other} to ${queue}` : `Add ${queue}: !Ref ${queue} to its Environment`,
  };
}

function elsewhere(queue: string, resource: string | undefined): Finding {
  return {
    rule: RULE,
    subject: BROKER,
    file: TEMPLATE,
    problem: `its variable ${queue} is not the queue of that name, but ${resource ?? 'something else'}`,
    remedy: `Write ${queue}: !Ref ${queue}`,
  };
}

function ofNobody(name: string): Finding {
  return {
    rule: RULE,
    subject: BROKER,
    file: TEMPLATE,
    problem: `its variable ${name} is the queue of no aggregate`,
    remedy: `Remove ${name} there and from the loops over the aggregates, or mend the aggregateType that it was meant for`,
  };
}
