import { rebuild } from '../projections/rebuild';
import type { Answer, Options } from './command';
import { count } from './count';
import { skippedText } from './skipped';
import type { Operator } from '../operator/operator';

/** Makes an aggregate's rows anew. It is short, and would leave no rows if it were stopped: an interruption waits. */
export async function rebuildAggregate(operator: Operator, { aggregate = '' }: Options): Promise<Answer> {
  const { log, projections } = operator;
  const replay = operator.replay({ advance: () => undefined });
  const { removedRows, sent, skipped } = await rebuild(aggregate, { log, projections, replay });

  return {
    data: { removedRows, sentEvents: sent, skipped },
    text: [
      ...skippedText(skipped),
      `${count(removedRows, 'row')} removed, ${count(sent, 'event')} sent. See status for when they are applied.`,
    ].join('\n'),
    isFine: skipped.length === 0,
  };
}
