import { ApplicationError } from '../../src/shared-kernel/errors/application.error';

/** A queue did not take some messages; those that it took are in it. */
export class QueueRefusedError extends ApplicationError {
  readonly code = 'QueueRefused';

  constructor(aggregateType: string, count: number) {
    super(`The queue of ${aggregateType} refused ${count} events. Nothing is lost: run the command again.`);
  }
}
