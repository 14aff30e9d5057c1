import type { Operator } from '../operator/operator';
import { rebuild } from '../projections/rebuild';
import type { Answer, Options } from './command';
import { count } from './count';

/** Makes an aggregate's rows anew. It is short, and would leave no rows if it were stopped: an interruption waits. */
export async function rebuildAggregate(operator: Operator, { aggregate = '' }: Options): Promise<Answer> {
  const { log, projections } = operator;
  const replay = operator.replay({ advance: () => undefined });
  const { removedRows, sentEvents } = await rebuild(aggregate, { log, projections, replay });

  return {
    data: { removedRows, sentEvents },
    text: `${count(removedRows, 'row')} removed, ${count(sentEvents, 'event')} sent. See status for when they are applied.`,
  };
}
