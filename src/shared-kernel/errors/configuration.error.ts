import { ApplicationError } from './application.error';

/** The environment lacks something that `template.yaml` should have set. */
export class ConfigurationError extends ApplicationError {
  readonly code = 'Misconfigured';
}
