import type { World } from './search';

/** One invocation after another, each with all that a batch may hold. */
export const IN_TURN: World = { faults: 1, interventions: 0, batch: 3, running: 1, mixed: false, oldCode: true };

/** Two invocations at a time, interleaved at each of their calls. */
export const SIDE_BY_SIDE: World = { ...IN_TURN, batch: 1, running: 2 };

/** An operator replays or rebuilds while the system is at work. */
export const WITH_OPERATOR: World = { ...SIDE_BY_SIDE, faults: 0, interventions: 1 };

type Worlds = Readonly<Record<string, World>>;

/** The worlds of the long search in which invocations meet, by what makes each of them large. */
export const MEETINGS: Worlds = {
  'two invocations side by side, and two faults': { ...SIDE_BY_SIDE, faults: 2 },
  'an operator beside an invocation': WITH_OPERATOR,
  'an operator, and a fault': { ...WITH_OPERATOR, running: 1, faults: 1 },
};

/** Those with batches. */
export const BATCHES: Worlds = {
  'batches of three, and two faults': { ...IN_TURN, faults: 2 },
  'batches with both accounts, side by side': { ...SIDE_BY_SIDE, batch: 3, mixed: true, faults: 0 },
};
