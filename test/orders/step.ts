import type { State } from './state';

/** What may happen next. */
export interface Step {
  /** A sentence of the story. */
  readonly told: () => string;
  /** Whose step it is: `The broker of a1`; empty: it just happens. */
  readonly by: () => string;
  /** What is remarkable in it: who begins, or what goes wrong. */
  readonly kind?: string;
  readonly state: State;
  /** What must never happen, where this step shows that it did. */
  readonly violation?: string;
}

/** What keeps a search small. */
export interface Bounds {
  /** Messages of a batch. */
  readonly batch: number;
  /** Invocations side by side. */
  readonly running: number;
  /** Whether one batch of the queue may hold messages of both accounts. */
  readonly mixed: boolean;
  /** Whether code of yesterday runs beside that of today: for a batch of its own choice, at the price of a fault. */
  readonly oldCode: boolean;
}
