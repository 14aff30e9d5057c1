import type { Call, Said } from './execution';
import { accept, deleteMessages, entriesOf, type Entry, isSending, isSwallowed, receive, targetOf } from './queues';
import type { Channel, State } from './state';
import { askTables } from './tables';

/** What may become of a call: the world after it, and what the caller hears. */
export interface Outcome {
  readonly state: State;
  /** Absent: the caller has crashed meanwhile. */
  readonly said?: Said;
  /** What went wrong, as a sentence's end: `but the answer is lost`; absent: nothing did. */
  readonly trouble?: string;
}

type Ask = (state: State) => { readonly state: State; readonly said: Said };

// As the SDK tells them: what got no answer has metadata without a status.
const UNAVAILABLE: Said = {
  error: { name: 'ServiceUnavailable', $fault: 'server', $metadata: { httpStatusCode: 503 } },
};
const NO_ANSWER: Said = { error: { name: 'TimeoutError', $metadata: {} } };
const DENIED: Said = { error: { name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } } };
const INVALID: Said = {
  error: { name: 'InvalidArgumentException', $fault: 'client', $metadata: { httpStatusCode: 400 } },
};

const READS = ['GetItemCommand', 'QueryCommand', 'ScanCommand', 'ReceiveMessageCommand'];

export function isRead({ command }: Call): boolean {
  return READS.includes(command);
}

/** What happens when nothing goes wrong, and, while there may be another fault, everything that may go wrong. */
export function outcomesOf(state: State, call: Call): Outcome[] {
  const ask = askOf(call);
  const usual = ask(state);

  if (state.faults === 0 || call.command === 'ChangeMessageVisibilityBatchCommand') {
    return [usual];
  }
  const troubles = [
    { state, said: UNAVAILABLE, trouble: 'is refused for the moment' },
    ...(isRead(call) ? [] : troublesOfWrite(ask, usual)),
    ...(isSending(call) ? troublesOfSending(state, call) : []),
  ];

  return [usual, ...troubles.map((outcome) => ({ ...outcome, state: { ...outcome.state, faults: state.faults - 1 } }))];
}

function askOf(call: Call): Ask {
  const { command, input } = call;

  if (isSending(call)) {
    return (state) => send(state, call);
  }
  switch (command) {
    case 'ReceiveMessageCommand':
      return (state) => ({ state, said: { output: receive(state, input.QueueUrl as Channel) } });
    case 'DeleteMessageBatchCommand':
      return (state) => ({ state: deleteMessages(state, call), said: { output: {} } });
    case 'ChangeMessageVisibilityBatchCommand':
      return (state) => ({ state, said: { output: {} } });
    default:
      return (state) => {
        const { tables, said } = askTables(state.tables, command, input);

        return { state: tables === state.tables ? state : { ...state, tables }, said };
      };
  }
}

function troublesOfWrite(ask: Ask, { state, said }: ReturnType<Ask>): Outcome[] {
  return [
    { state, said: NO_ANSWER, trouble: 'is done, but its answer is lost' },
    { ...ask(state), trouble: 'is done, its answer is lost, and the SDK sends it again' },
    { state, trouble: 'is done, and then the caller crashes' },
    // A refusal that is known would be told twice.
  ].filter((outcome) => !('error' in said) || outcome.said === undefined);
}

function troublesOfSending(state: State, call: Call): Outcome[] {
  const target = targetOf(call);
  const entries = entriesOf(call);
  const without = (entry: Entry) => entries.filter((other) => other !== entry);
  const throttled = (entry: Entry): Outcome => ({
    ...taken(state, call, without(entry), 'Throttling'),
    trouble: `does not take ${entry.item.event} just now`,
  });

  if (target === 'quarantine' || target === 'retries' || state.denied) {
    return [];
  }
  return [
    ...(entries.length > 1 ? entries.map(throttled) : []),
    ...entries.flatMap((entry) => refusedOutcome(state, call, entry)),
    ...(target === 'queue'
      ? [
          {
            ...disordered({ ...state, denied: true }),
            said: DENIED,
            trouble: 'is refused: somebody took the permission away',
          },
        ]
      : []),
    ...(entries.some((entry) => isSwallowed(state, entry))
      ? [
          {
            state: accept(state, target, entries, true),
            said: { output: {} },
            trouble: 'is taken once more: five minutes are over',
          },
        ]
      : []),
  ];
}

/** From now on, until somebody mends it. */
function refusedOutcome(state: State, call: Call, { item }: Entry): Outcome[] {
  if (state.refused !== undefined) {
    return [];
  }
  const refused = { ...state, refused: `${targetOf(call)} ${item.event}`, disordered: true };

  return [{ ...send(refused, call), trouble: `cannot take ${item.event} for what is in it, for ever` }];
}

function disordered(state: State): { state: State } {
  return { state: { ...state, disordered: true } };
}

function send(state: State, call: Call): ReturnType<Ask> {
  const target = targetOf(call);
  const entries = entriesOf(call);
  const good = entries.filter(({ item }) => state.refused !== `${target} ${item.event}`);

  if (target === 'queue' && state.denied) {
    return { state, said: DENIED };
  }
  // Kinesis refuses a call for one of its records.
  if (target === 'stream' && good.length < entries.length) {
    return { state, said: INVALID };
  }
  return taken(state, call, good, 'InvalidMessageContents');
}

/** Some entries are taken; of the others, the answer says why not. */
function taken(state: State, call: Call, good: readonly Entry[], code: string): ReturnType<Ask> {
  const target = targetOf(call);
  const entries = entriesOf(call);
  const bad = entries.filter(({ id }) => !good.some((entry) => entry.id === id));
  const output =
    target === 'stream'
      ? {
          Records: entries.map(({ id }) =>
            bad.some((entry) => entry.id === id) ? { ErrorCode: code } : { SequenceNumber: id },
          ),
        }
      : { Failed: bad.map(({ id }) => ({ Id: id, Code: code, SenderFault: code !== 'Throttling' })) };

  return { state: accept(state, target, good), said: { output } };
}
