import { type Guard, violations } from './guard';
import { emptyLog, withFlatReferences, withFullQueue, withoutSplit, withSetupAsContent } from './isolation-mutations';

/** What keeps one bad event, one old version and one slow call from everybody else: the delivery rules 8 to 11. */
export const ISOLATION_GUARDS: readonly Guard[] = [
  {
    rule: 8,
    guard: 'what no service takes goes to quarantine, and all others go on',
    mutation: {
      clients: ({ sqs }) => {
        withFullQueue(sqs, 'QuarantineQueue');
      },
    },
    notice: violations,
    run: { kinds: ['entry refused'], commands: 20 },
  },
  {
    rule: 8,
    guard: 'a call that is refused for its content is sent again entry by entry',
    mutation: { clients: withoutSplit },
    notice: violations,
    run: { kinds: ['call refused'] },
  },
  {
    rule: 8,
    guard: 'what permissions keep from a queue is tried again before it goes to quarantine',
    mutation: {
      clients: ({ sqs }) => {
        withSetupAsContent(sqs);
      },
    },
    notice: violations,
    run: { kinds: ['queue denied'] },
  },
  {
    rule: 8,
    guard: 'what waits for a queue that is denied holds up no other queue',
    mutation: {
      clients: ({ sqs }) => {
        withFullQueue(sqs, 'RetryQueue');
      },
    },
    notice: violations,
    run: { kinds: [], denied: 'BankAccount', commands: 20 },
  },
  {
    rule: 9,
    guard: 'the reference to an event is not taken for one',
    mutation: {
      clients: ({ sqs }) => {
        withFlatReferences(sqs);
      },
    },
    notice: violations,
    run: { seed: 2, kinds: ['too large'] },
  },
  {
    rule: 9,
    guard: 'the event that a reference names is read from the log',
    mutation: { referencedLog: emptyLog },
    notice: violations,
    run: { kinds: ['too large'] },
  },
  {
    rule: 10,
    guard: 'what code does not know stays in its queue for code that does',
    mutation: {
      knownYesterday: (events) => {
        events.ensureKnown = () => undefined;
      },
    },
    notice: violations,
    run: { seed: 3, kinds: ['old code'] },
  },
  {
    rule: 11,
    guard: 'a handler that hangs costs its own group alone',
    mutation: { project: (project) => (event) => project(event, Infinity) },
    notice: violations,
    run: { kinds: ['hang'] },
  },
];
