import type { Operator } from '../operator/operator';
import type { DeadLetter } from '../queues/dead-letters';
import type { Progress } from '../support/progress';
import { age } from './age';
import type { Answer, Options } from './command';
import { count } from './count';
import { table } from './table';

interface QueuedLetter extends DeadLetter {
  readonly queue: string;
}

const NOTHING = 'No dead letters.';

/** The first dead letter of each aggregate, and how many there are in all. */
export async function listDeadLetters(operator: Operator, _: Options, progress: Progress): Promise<Answer> {
  const queues = (await operator.eventQueues()).map(({ name, deadLetters }) => ({
    queue: name,
    deadLetters: deadLetters.waiting + deadLetters.inFlight,
  }));
  const letters = await lookAt(operator, progress);
  const groups = Map.groupBy(letters, ({ event, messageId }) => event?.id ?? messageId);
  const firsts = [...groups.values()].flatMap((group) => group.slice(0, 1));
  const rows = firsts.map(({ queue, sent, event, messageId }) =>
    event
      ? [queue, event.id, event.$version, event.$name, age(sent)]
      : [queue, `message ${messageId}`, '', 'no event', age(sent)],
  );
  const counts = queues.map(({ queue, deadLetters }) => `${queue}: ${count(deadLetters, 'dead letter')}`);

  return {
    data: { queues, first: firsts.map(summaryOf) },
    text:
      rows.length === 0
        ? NOTHING
        : [table(['queue', 'aggregate', 'version', 'first event', 'sent'], rows), '', ...counts].join('\n'),
  };
}

/** Dead letters as they are. */
export async function showDeadLetters(operator: Operator, { aggregate }: Options, progress: Progress): Promise<Answer> {
  const letters = await lookAt(operator, progress);
  const wanted = letters.filter(({ event }) => aggregate === undefined || event?.id === aggregate);

  return {
    data: wanted.map(({ queue, messageId, sent, body, event }) => ({ queue, messageId, sent, event, body })),
    text: wanted.map(toText).join('\n\n') || NOTHING,
  };
}

async function lookAt(operator: Operator, progress: Progress): Promise<QueuedLetter[]> {
  const found: QueuedLetter[] = [];

  for (const { name: queue, deadLetters } of await operator.eventQueues()) {
    for await (const letter of operator.deadLetters(deadLetters).look()) {
      found.push({ ...letter, queue });
      progress.advance(1);
    }
  }
  return found;
}

function summaryOf({ queue, messageId, sent, event }: QueuedLetter) {
  return {
    queue,
    messageId,
    sent,
    aggregateId: event?.id,
    version: event?.$version,
    event: event?.$name,
    correlationId: event?.correlationId,
  };
}

function toText({ queue, messageId, sent, body, event }: QueuedLetter): string {
  return `${queue}, message ${messageId}, sent ${sent}\n${event ? JSON.stringify(event, undefined, 2) : body}`;
}
