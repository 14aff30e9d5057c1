import {
  applyAgain,
  blindLog,
  withKeyPerEvent,
  withMessageIds,
  withoutCondition,
  withoutTransaction,
} from '../faults/mutations';
import type { Mutation } from './mutation';
import * as removals from './removals';
import type { World } from './search';
import { IN_TURN, SIDE_BY_SIDE, WITH_OPERATOR } from './worlds';

/** A rule that the system keeps, what it is without, and the smallest world in which that comes to light. */
export interface Guard {
  readonly guard: string;
  readonly mutation: Mutation;
  readonly world: World;
}

// The mutations know a table by the variable that names it.
for (const table of ['projectionAccountsTable', 'portfoliosTable', 'checkpointsTable']) {
  process.env[table] = table;
}

const UNDISTURBED: World = { ...IN_TURN, faults: 0 };
const ONE_BY_ONE: World = { ...IN_TURN, batch: 1 };
const TWO_FAULTS: World = { ...ONE_BY_ONE, faults: 2 };

/** What makes the transport bring every event, and keep each account's in order. */
const DELIVERY: readonly Guard[] = [
  {
    guard: 'a record has the partition key of its aggregate',
    mutation: {
      clients: ({ kinesis }) => {
        withKeyPerEvent(kinesis);
      },
    },
    world: UNDISTURBED,
  },
  {
    guard: 'a message has the group of its aggregate',
    mutation: {
      clients: ({ sqs }) => {
        withMessageIds(sqs, ({ id, $version }) => ({ MessageGroupId: `${id}:${$version}` }));
      },
    },
    world: UNDISTURBED,
  },
  { guard: 'a call holds at most one event of an aggregate', mutation: { code: removals.allAtOnce }, world: IN_TURN },
  {
    guard: 'a refused event holds back those behind it',
    mutation: { code: removals.holdingBackNobody },
    world: IN_TURN,
  },
  {
    guard: 'nothing that failed is acknowledged',
    mutation: { answer: () => ({ batchItemFailures: [] }) },
    world: ONE_BY_ONE,
  },
  { guard: 'a stream goes on at the first failure', mutation: { code: removals.namingTheLastFailure }, world: IN_TURN },
  {
    guard: 'what no queue takes goes to quarantine',
    mutation: { code: removals.withoutQuarantine },
    world: ONE_BY_ONE,
  },
  {
    guard: 'what the setup keeps from its queue waits elsewhere',
    mutation: { code: removals.withoutRetries },
    world: ONE_BY_ONE,
  },
  {
    guard: 'what is set aside is acknowledged when it is there',
    mutation: { code: removals.trustingQuarantine },
    world: TWO_FAULTS,
  },
  {
    guard: 'the first failure of a group fails the rest of it',
    mutation: { code: removals.eachMessageAlone },
    world: IN_TURN,
  },
  {
    guard: 'a message of which a handler failed comes again',
    mutation: { code: removals.swallowingFailures },
    world: ONE_BY_ONE,
  },
  {
    guard: 'what this code does not know stays in its queue',
    mutation: { code: removals.knowingEverything },
    world: ONE_BY_ONE,
  },
];

/** What makes projections true whatever the transport does, and whatever operators do. */
const PROJECTION: readonly Guard[] = [
  { guard: 'what is up to the checkpoint is skipped', mutation: { handler: applyAgain }, world: ONE_BY_ONE },
  { guard: 'what is missing is read from the log', mutation: { handlersLog: blindLog }, world: ONE_BY_ONE },
  {
    guard: 'what is missing must be known to this code',
    mutation: { handlersLog: (log) => Object.assign(log, { registry: undefined }) },
    world: TWO_FAULTS,
  },
  {
    guard: 'a handler reads anew where it stands',
    mutation: {
      handler: (handler) => {
        removals.rememberingRows(handler as object);
      },
    },
    world: UNDISTURBED,
  },
  {
    guard: 'a row is written on condition of its version',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'projectionAccountsTable');
      },
    },
    world: SIDE_BY_SIDE,
  },
  {
    guard: 'a checkpoint moves only from where it stood',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'checkpointsTable');
      },
    },
    world: SIDE_BY_SIDE,
  },
  {
    guard: 'a checkpoint moves together with the effect',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutTransaction(dynamodb, 'checkpointsTable');
      },
    },
    world: ONE_BY_ONE,
  },
  { guard: 'a replay has ids of its own', mutation: { code: removals.replayingWithoutRun }, world: WITH_OPERATOR },
  {
    guard: 'a rebuild removes a checkpoint only where it stood',
    mutation: { clients: removals.removingAnyCheckpoint },
    world: WITH_OPERATOR,
  },
  {
    guard: 'a dead letter is deleted when it is in its queue again',
    mutation: { code: removals.deletingUnsent },
    world: TWO_FAULTS,
  },
];

export const GUARDS: readonly Guard[] = [...DELIVERY, ...PROJECTION];
