import { bank } from '../support/bank.module';

/** What `src/contexts.ts` is in a release of the bank. */
export const CONTEXTS = [bank];
