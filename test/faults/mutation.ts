import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { FunctionClients } from './clients';

/** A guard switched off: what the suite must notice. */
export interface Mutation {
  /** Changes what the functions' clients send. */
  readonly clients?: (clients: FunctionClients) => void;
  /** Puts another log in the place of the one that the projections' handlers read. */
  readonly handlersLog?: (log: EventLog) => EventLog;
  /** The answer that a function gives, from the one that it would give. */
  readonly answer?: (answer: unknown) => unknown;
  /** ParallelizationFactor of the event log's stream; the template's is 1. */
  readonly lanes?: number;
}
