import { Logger } from '@aws-lambda-powertools/logger';
import type { LogLevel } from '@aws-lambda-powertools/logger/types';

/** JSON log lines, at the level of the environment's `logLevel`. */
export const logger = new Logger({
  serviceName: 'ddd-cqrs-es-aws-sam',
  logLevel: (process.env.logLevel ?? 'info').toUpperCase() as LogLevel,
});
