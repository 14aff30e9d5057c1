import type { Clients } from './actors';
import type { HandlerChanges } from './projections';

/** A guard switched off: what the search must notice. */
export interface Mutation extends HandlerChanges {
  /** Changes what the functions' clients send, and what they are answered. */
  readonly clients?: (clients: Pick<Clients, 'dynamodb' | 'kinesis' | 'sqs'>) => void;
  /** The answer that a function gives, from the one that it would give. */
  readonly answer?: (answer: unknown) => unknown;
  /** Replaces code while the search runs; answers how to undo it. */
  readonly code?: () => () => void;
}
