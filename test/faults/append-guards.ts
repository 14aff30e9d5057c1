import { type Guard, violations } from './guard';
import { withoutChecks } from './isolation-mutations';
import { withoutCondition, withoutEventIds, withoutTransaction, withoutUnansweredAttempts } from './mutations';

/** What makes an append happen once, and with all that belongs to it. */
export const APPEND_GUARDS: readonly Guard[] = [
  {
    rule: 'append',
    guard: 'an append is one transaction with its claims',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutTransaction(dynamodb, 'eventLogTable');
      },
    },
    notice: violations,
    run: { kinds: ['error', 'crash'] },
  },
  {
    rule: 'append',
    guard: 'an append needs its version to be free',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'eventLogTable');
      },
    },
    notice: violations,
    run: { kinds: ['time-out'] },
  },
  {
    rule: 'append',
    guard: 'a claim needs to be free',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'setValidationsTable');
      },
    },
    notice: violations,
    run: { seed: 3, kinds: [] },
  },
  {
    rule: 'append',
    guard: 'a command that comes again with its key meets its record',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutCondition(dynamodb, 'idempotencyTable');
      },
    },
    notice: violations,
    run: { kinds: [] },
  },
  {
    rule: 'append',
    guard: 'what a decision consults has not changed since',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutChecks(dynamodb);
      },
    },
    notice: violations,
    run: { kinds: ['consulted changes'] },
  },
  {
    // It is recognised twice, by the log and when a command is decided again: only without both is it noticed.
    rule: 'append',
    guard: 'an append whose answer was lost is recognised',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutEventIds(dynamodb);
      },
    },
    notice: violations,
    run: { kinds: ['lost answer'] },
  },
  {
    rule: 'append',
    guard: 'what an attempt without an answer may have done is not denied when the next is throttled',
    mutation: {
      clients: ({ dynamodb }) => {
        withoutUnansweredAttempts(dynamodb);
      },
    },
    notice: violations,
    run: { kinds: ['lost answer', 'throttling'], rate: 0.6, commands: 100 },
  },
];
