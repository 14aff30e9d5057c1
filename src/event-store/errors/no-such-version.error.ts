import { ApplicationError } from '../../shared-kernel/errors/application.error';

/** The aggregate has not come to this version, and nobody knows whether it will. */
export class NoSuchVersionError extends ApplicationError {
  readonly code = 'NoSuchVersion';

  constructor(kind: string, id: string, version: number, actual: number) {
    super(`Expected the ${kind} ${id} at the version ${version} or later, and it is at ${actual}.`);
  }
}
