import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The event log lacks an event: nothing behind it can be loaded or projected before it is there. */
export class LogHoleError extends ApplicationError {
  readonly code = 'LogHole';

  constructor(id: string, checkpoint: number, version: number) {
    super(
      `Expected the versions ${checkpoint + 1} to ${version - 1} of the aggregate ${id} in the event log: some are missing.`,
    );
  }
}
