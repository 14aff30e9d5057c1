import type { ContextModule } from './app/context-module';
import { iam } from './iam/iam.module';

/** Every bounded context: what reads all events needs all of them. A new context is a line here. */
export const CONTEXTS: readonly ContextModule[] = [iam];
