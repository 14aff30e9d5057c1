import { channel } from 'node:diagnostics_channel';

/** Told whenever a function has ended. Functions are what writes, so whoever polls a stream polls then. */
export const invocationEnd = channel('local-cloud.invocation-end');
