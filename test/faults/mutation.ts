import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

import type { StreamMappingModel } from '../../local/model.ts';
import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { EventRegistry } from '../../src/event-store/events/event-registry';
import type { CheckpointedHandler } from '../../src/event-store/projections/checkpointed-handler';
import type { TestCloud } from '../support/test-cloud';
import type { FunctionClients } from './clients';

/** Hands a batch of messages to the handlers. */
export type Project = (event: SQSEvent, deadline: number) => Promise<SQSBatchResponse>;

/** A guard switched off: what the suite must notice. */
export interface Mutation {
  /** Changes what the functions' clients send, and what they are answered. */
  readonly clients?: (clients: FunctionClients) => void;
  /** Puts another log in the place of the one that the projections' handlers read. */
  readonly handlersLog?: (log: EventLog) => EventLog;
  /** Changes how a projection's handler works. */
  readonly handler?: (handler: CheckpointedHandler) => void;
  /** Puts another function in the place of the one that takes batches of messages. */
  readonly project?: (project: Project) => Project;
  /** Changes the log from which a referenced event is read. */
  readonly referencedLog?: (log: EventLog) => EventLog;
  /** Changes which events yesterday's code knows. */
  readonly knownYesterday?: (events: EventRegistry) => void;
  /** The answer that a function gives, from the one that it would give. */
  readonly answer?: (answer: unknown) => unknown;
  /** Changes the event source mapping of a stream. */
  readonly mapping?: (mapping: StreamMappingModel) => StreamMappingModel;
  /** Changes what exists in the cloud; answers how to undo it. */
  readonly cloud?: (cloud: TestCloud) => Promise<() => Promise<void>>;
}
