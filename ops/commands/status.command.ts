import type { Operator } from '../operator/operator';
import { type LogStatus, readLag } from '../projections/lag';
import type { QueueDepth } from '../queues/queues';
import type { Progress } from '../support/progress';
import { age } from './age';
import type { Answer, Options } from './command';
import { count } from './count';
import { table } from './table';

interface QueueStatus {
  readonly name: string;
  readonly waiting: number;
  readonly inFlight: number;
  /** Absent where the queue has no dead-letter queue. */
  readonly deadLetters?: { readonly waiting: number; readonly oldest: string | undefined };
}

/** How far the projections are behind the log, and what is in the queues. */
export async function showStatus(operator: Operator, _: Options, progress: Progress): Promise<Answer> {
  const log = await readLag(operator.log, operator.projections, progress);
  const queues = await Promise.all((await operator.queues()).map((queue) => statusOf(operator, queue)));

  return { data: { ...log, queues }, text: [logText(log), queueText(queues)].join('\n\n') };
}

async function statusOf(operator: Operator, queue: QueueDepth): Promise<QueueStatus> {
  const { name, waiting, inFlight, deadLetters } = queue;

  return {
    name,
    waiting,
    inFlight,
    ...(deadLetters && {
      deadLetters: {
        waiting: deadLetters.waiting + deadLetters.inFlight,
        oldest: await oldestOf(operator, deadLetters),
      },
    }),
  };
}

async function oldestOf(operator: Operator, deadLetters: QueueDepth): Promise<string | undefined> {
  const sent: string[] = [];

  if (deadLetters.waiting > 0) {
    for await (const letter of operator.deadLetters(deadLetters).look()) {
      sent.push(letter.sent);
    }
  }
  return sent.toSorted()[0];
}

function logText({ aggregates, events, lags }: LogStatus): string {
  const rows = lags.map((lag) => [lag.projection, lag.aggregates, lag.events, lag.oldest ? age(lag.oldest) : '']);

  return [
    `The log has ${count(events, 'event')} of ${count(aggregates, 'aggregate')}.`,
    '',
    table(['projection', 'aggregates behind', 'events behind', 'oldest'], rows),
  ].join('\n');
}

function queueText(queues: readonly QueueStatus[]): string {
  const rows = queues.map(({ name, waiting, inFlight, deadLetters }) => [
    name,
    waiting,
    inFlight,
    deadLetters?.waiting ?? '',
    deadLetters?.oldest ? age(deadLetters.oldest) : '',
  ]);

  return table(['queue', 'waiting', 'in flight', 'dead letters', 'oldest'], rows);
}
