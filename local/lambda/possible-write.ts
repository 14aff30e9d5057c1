import { channel } from 'node:diagnostics_channel';

/** Told whenever a function has ended that may have written: whoever polls a stream polls then. */
export const possibleWrite = channel('local-cloud.possible-write');
