import { eachAlone } from './group-batches';
import { type Guard, healing, violations } from './guard';
import { withKeyPerEvent, withMessageIds } from './mutations';

/** What makes the transport bring every event, and keep each aggregate’s in order: the delivery rules 1 to 4. */
export const DELIVERY_GUARDS: readonly Guard[] = [
  {
    rule: 1,
    guard: 'a record has the partition key of its aggregate',
    mutation: {
      clients: ({ kinesis }) => {
        withKeyPerEvent(kinesis);
      },
    },
    notice: healing,
    run: { kinds: [] },
  },
  {
    rule: 2,
    guard: 'the log is read in one lane',
    mutation: {
      mapping: (mapping) => (mapping.kind === 'dynamodb' ? { ...mapping, parallelizationFactor: 2 } : mapping),
    },
    notice: healing,
    run: { kinds: [] },
  },
  {
    rule: 3,
    guard: 'a message has the group of its aggregate',
    mutation: {
      clients: ({ sqs }) => {
        withMessageIds(sqs, ({ id, $version }) => ({ MessageGroupId: `${id}:${$version}` }));
      },
    },
    notice: healing,
    run: { kinds: ['error', 'crash'] },
  },
  {
    rule: 3,
    guard: 'a message has the deduplication id of its event',
    mutation: {
      clients: ({ sqs }) => {
        withMessageIds(sqs, (_, sent) => ({ MessageDeduplicationId: String(sent) }));
      },
    },
    notice: ({ resends }) => resends.queue,
    run: { kinds: ['twice'] },
  },
  {
    rule: 4,
    guard: 'a stream is read from its oldest record on',
    mutation: { mapping: (mapping) => ({ ...mapping, startingPosition: 'LATEST' }) },
    notice: violations,
    run: { kinds: [] },
  },
  {
    rule: 4,
    guard: 'nothing that failed is acknowledged',
    mutation: { answer: () => ({ batchItemFailures: [] }) },
    notice: violations,
    run: { kinds: ['error', 'partial PutRecords', 'partial SendMessageBatch'] },
  },
  {
    rule: 4,
    guard: 'the first failure of a group fails the rest of it',
    mutation: { project: eachAlone },
    notice: healing,
    run: { kinds: ['error'], groupBatches: true },
  },
];
