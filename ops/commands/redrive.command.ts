import type { Operator } from '../operator/operator';
import { OpsError } from '../support/ops-error';
import type { Progress } from '../support/progress';
import type { Answer, Options } from './command';

/** Sends dead letters back to the queues that they came from. */
export async function redriveDeadLetters(
  operator: Operator,
  { aggregate }: Options,
  progress: Progress,
): Promise<Answer> {
  const queues = [];

  for (const queue of await operator.eventQueues()) {
    const redriven = await operator.deadLetters(queue.deadLetters).redrive(operator.queue(queue), progress, aggregate);

    queues.push({ queue: queue.name, ...redriven });
  }
  if (aggregate !== undefined && queues.every(({ redriven, left }) => redriven + left === 0)) {
    throw new OpsError(`There are no dead letters of an aggregate ${aggregate}: see dlq list.`);
  }
  return {
    data: { queues },
    text: queues.map(toText).join('\n'),
    isFine: queues.every(({ unreadable, left }) => left === 0 && (unreadable === 0 || aggregate !== undefined)),
  };
}

function toText({
  queue,
  redriven,
  unreadable,
  left,
}: Record<'redriven' | 'unreadable' | 'left', number> & { queue: string }) {
  return [
    `${queue}: ${redriven} redriven`,
    ...(left > 0 ? [`${left} left: refused by the queue, back again, or not deleted. Run it again`] : []),
    ...(unreadable > 0 ? [`${unreadable} left that are no events: see dlq show`] : []),
  ].join('; ');
}
