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
  const groups = Map.groupBy(letters, ({ reference, messageId }) => reference?.id ?? messageId);
  const firsts = [...groups.values()].flatMap((group) => group.slice(0, 1));
  const rows = firsts.map(({ queue, sent, reference, reason, messageId }) =>
    reference
      ? [queue, reference.id, reference.$version, reference.$name, age(sent), reason?.code ?? '']
      : [queue, `message ${messageId}`, '', 'no event', age(sent), ''],
  );
  const counts = queues.map(({ queue, deadLetters }) => `${queue}: ${count(deadLetters, 'dead letter')}`);

  return {
    data: { queues, first: firsts.map(summaryOf) },
    text:
      rows.length === 0
        ? NOTHING
        : [table(['queue', 'aggregate', 'version', 'first event', 'sent', 'reason'], rows), '', ...counts].join('\n'),
  };
}

/** Dead letters as they are. */
export async function showDeadLetters(operator: Operator, { aggregate }: Options, progress: Progress): Promise<Answer> {
  const letters = await lookAt(operator, progress);
  const wanted = letters.filter(({ reference }) => aggregate === undefined || reference?.id === aggregate);

  return {
    data: wanted.map(({ queue, messageId, sent, body, reference, event, reason }) => ({
      queue,
      messageId,
      sent,
      reference,
      reason,
      event,
      body,
    })),
    text: wanted.map(toText).join('\n\n') || NOTHING,
  };
}

/** Looks into all queues at once: SQS answers only after a second that one is empty. */
async function lookAt(operator: Operator, progress: Progress): Promise<QueuedLetter[]> {
  const queues = await operator.eventQueues();
  const found = await Promise.all(
    queues.map(async ({ name: queue, deadLetters }) => {
      const letters: QueuedLetter[] = [];

      for await (const letter of operator.deadLetters(deadLetters).look()) {
        letters.push({ ...letter, queue });
        progress.advance(1);
      }
      return letters;
    }),
  );

  return found.flat();
}

function summaryOf({ queue, messageId, sent, reference, event, reason }: QueuedLetter) {
  return {
    queue,
    messageId,
    sent,
    aggregateId: reference?.id,
    version: reference?.$version,
    event: reference?.$name,
    correlationId: event?.correlationId,
    reason,
  };
}

function toText({ queue, messageId, sent, body, event, reference, reason }: QueuedLetter): string {
  const content = event ?? (reference && { reason, ref: reference });

  return `${queue}, message ${messageId}, sent ${sent}\n${content ? JSON.stringify(content, undefined, 2) : body}`;
}
