import type { Fault } from './fault-plan';
import type { Mutation } from './mutation';
import { blindLog, withMessageIds, withoutCondition, withoutTransaction } from './mutations';
import type { Report } from './report';

/** How much was found wrong. */
export const violations = (report: Report) => report.violations.length;
/** A dead letter overtakes, or is overtaken, as no transport can help. */
export const healing = ({ healingReads, deadLetters }: Report) => (deadLetters === 0 ? healingReads : 0);

/** A rule that the system keeps, and how it is when it does not. */
export interface Guard {
  readonly guard: string;
  readonly mutation: Mutation;
  /** Which faults bring it to light. */
  readonly kinds: readonly Fault[];
  /** Where it takes long to come to light. */
  readonly commands?: number;
}

/** Without one of these something is lost, or applied twice. */
export const GUARDS: readonly Guard[] = [
  {
    guard: 'an append is one transaction with its claims',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutTransaction(dynamodb, 'eventLogTable');
      },
    },
    kinds: ['error', 'crash'],
  },
  {
    guard: 'an append needs its version to be free',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'eventLogTable');
      },
    },
    kinds: ['time-out'],
  },
  {
    guard: 'a claim needs to be free',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'setValidationsTable');
      },
    },
    kinds: [],
  },
  // That an append whose answer was lost is recognised is guarded twice, by the log and when a command is decided again:
  // test/contract/event-log.spec.ts and test/integration/commands.spec.ts show each.
  {
    guard: 'a row is written on condition of its version',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'projectionUsersTable', 'projectionRolesTable');
      },
    },
    kinds: ['time-out'],
  },
  {
    guard: 'a checkpoint moves only from where it stood',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'checkpointsTable');
      },
    },
    kinds: ['time-out'],
    commands: 150,
  },
  {
    guard: 'a checkpoint moves together with the effect',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutTransaction(dynamodb, 'checkpointsTable');
      },
    },
    kinds: ['crash'],
    commands: 100,
  },
  {
    guard: 'what is missing is read from the log',
    mutation: { handlersLog: blindLog },
    kinds: ['swapped', 'lost'],
  },
  {
    guard: 'nothing that failed is acknowledged',
    mutation: { answer: () => ({ batchItemFailures: [] }) },
    kinds: ['error', 'partial PutRecords', 'partial SendMessageBatch'],
  },
];

/** Without one of these the projections heal, and have more to do. */
export const CHEAP_TRANSPORT: readonly (Guard & { readonly notice: (report: Report) => number })[] = [
  {
    guard: 'the log is read in one lane',
    mutation: { lanes: 2 },
    kinds: [],
    notice: healing,
  },
  {
    guard: 'a message has the group of its aggregate',
    mutation: {
      clients: ({ sqs }) => {
        withMessageIds(sqs, ({ id, $version }) => ({ MessageGroupId: `${id}:${$version}` }));
      },
    },
    kinds: ['error', 'crash'],
    notice: healing,
  },
  {
    guard: 'a message has the deduplication id of its event',
    mutation: {
      clients: ({ sqs }) => {
        withMessageIds(sqs, (_, sent) => ({ MessageDeduplicationId: String(sent) }));
      },
    },
    kinds: ['twice'],
    notice: ({ resends }) => resends.queue,
  },
];
