import type { Fault } from './fault-plan';
import type { Mutation } from './mutation';

export interface RunOptions {
  readonly seed: number;
  readonly commands: number;
  /** Probability of a fault at each occasion. */
  readonly rate: number;
  /** Only these faults; all without it. */
  readonly kinds?: readonly Fault[];
  /** A handler fails for ever on one event, and is mended when all that can be done without it is done. */
  readonly poisoned?: boolean;
  /** Nobody may send to the queue of this aggregate type until all that can be done without it is done. */
  readonly denied?: string;
  /** Batches hold several messages of a group. */
  readonly groupBatches?: boolean;
  /** A guard that is switched off. */
  readonly mutation?: Mutation;
}
