import type { ReleaseName } from './releases.mts';

/** What is deployed. */
export interface Release {
  readonly code: ReleaseName;
  /** The parameter of that name. */
  readonly releasedEvents?: string;
}

/** Whether the release knows branches, and has a queue for them. */
export function hasBranches({ code }: Release): boolean {
  return code !== 'before-the-aggregate';
}
