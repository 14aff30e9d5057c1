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
  const queues = await Promise.all(
    (await operator.eventQueues()).map(async ({ name: queue, deadLetters }) => {
      const letters = operator.deadLetters(deadLetters);

      return { queue, ...(await letters.redrive(operator.redriveRoute, progress, aggregate)) };
    }),
  );
  if (aggregate !== undefined && queues.every(({ redriven, left, unreadable }) => redriven + left + unreadable === 0)) {
    throw new OpsError(`There are no dead letters of an aggregate ${aggregate}: see dlq list.`);
  }
  return {
    data: { queues },
    text: queues.map(toText).join('\n'),
    isFine: queues.every(({ unreadable, left }) => left + unreadable === 0),
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
    ...(unreadable > 0 ? [`${unreadable} left that cannot be read as events: see dlq show`] : []),
  ].join('; ');
}
