import { replaceFirst } from './channels';
import { withLanes } from './queues';
import type { State } from './state';
import type { Step } from './step';

/** DynamoDB promises the order of one item's changes, and each event is an item. */
export function streamFaults(state: State): Step[] {
  const [first, ...rest] = state.channels.log.log ?? [];

  if (!first || state.faults === 0 || state.running.some(({ actor }) => actor === 'adaptor')) {
    return [];
  }
  const next = rest.findIndex(({ event }) => event.startsWith(first.event.charAt(0)));
  const broken = { ...state, faults: state.faults - 1, disordered: true };
  const drop = {
    by: () => 'The log’s stream',
    kind: 'loss',
    told: () => `The log’s stream loses ${first.event}.`,
    state: { ...withLanes(broken, 'log', replaceFirst(state.channels.log, 'log', 1, [])), lost: true },
  };

  if (next < 0) {
    return [drop];
  }
  const swapped = [rest[next]!, ...rest.slice(0, next), first, ...rest.slice(next + 1)];

  return [
    drop,
    {
      by: () => 'The log’s stream',
      kind: 'swap',
      told: () => `The log’s stream brings ${rest[next]!.event} before ${first.event}.`,
      state: withLanes(broken, 'log', { log: swapped }),
    },
  ];
}
