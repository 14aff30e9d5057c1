import type { World } from './search';

/** One invocation after another, each with all that a batch may hold. */
export const IN_TURN: World = { faults: 1, interventions: 0, batch: 3, running: 1, mixed: false, oldCode: true };

/** Two invocations at a time, interleaved at each of their calls. */
export const SIDE_BY_SIDE: World = { ...IN_TURN, batch: 1, running: 2 };

/** An operator replays, rebuilds or redrives while the system is at work. */
export const WITH_OPERATOR: World = { ...SIDE_BY_SIDE, faults: 0, interventions: 1 };
