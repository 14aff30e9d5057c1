import { type Guard, violations } from './guard';
import { applyAgain, blindLog, withKnownBranchesOnly, withoutCondition, withoutTransaction } from './mutations';
import { withoutRedrivePolicy } from './redrive-policy';

/** What makes projections true whatever the transport does: the delivery rules 5 to 7. */
export const PROJECTION_GUARDS: readonly Guard[] = [
  {
    rule: 5,
    guard: 'what is up to the checkpoint is skipped',
    mutation: { handler: applyAgain },
    notice: violations,
    run: { kinds: ['time-out'] },
  },
  {
    rule: 5,
    guard: 'what is missing is read from the log',
    mutation: { handlersLog: blindLog },
    notice: violations,
    run: { kinds: ['swapped', 'lost'] },
  },
  {
    rule: 5,
    guard: 'a row is written on condition of its version',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'projectionAccountsTable', 'projectionBranchesTable');
      },
    },
    notice: violations,
    run: { seed: 8, kinds: ['time-out'] },
  },
  {
    rule: 5,
    guard: 'a checkpoint moves only from where it stood',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'checkpointsTable');
      },
    },
    notice: violations,
    run: { seed: 3, kinds: ['time-out'], commands: 80 },
  },
  {
    rule: 5,
    guard: 'a checkpoint moves together with the effect',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutTransaction(dynamodb, 'checkpointsTable');
      },
    },
    notice: violations,
    run: { seed: 3, kinds: ['crash'], commands: 100 },
  },
  {
    rule: 6,
    guard: 'a poison event leaves its queue, its successors follow it, and all others go on',
    mutation: { cloud: withoutRedrivePolicy },
    notice: violations,
    run: { kinds: [], poisoned: true },
  },
  {
    rule: 7,
    guard: 'an event waits for no other aggregate’s',
    mutation: {
      clients: ({ dynamodb }) => {
        withKnownBranchesOnly(dynamodb);
      },
    },
    notice: violations,
    run: { seed: 4, kinds: [] },
  },
];
