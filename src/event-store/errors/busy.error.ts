import { ConcurrencyError } from './concurrency.error';

/** A transaction of somebody else is under way on the same items. It lasts milliseconds, and may change nothing. */
export class BusyError extends ConcurrencyError {}
