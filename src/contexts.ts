import type { ContextModule } from './app/context-module';
import { iam } from './iam/iam.module';

/** Every bounded context, for functions and tools that meet the events of all. A new context is a line here. */
export const CONTEXTS: readonly ContextModule[] = [iam];
