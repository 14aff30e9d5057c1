import type { ChildProcesses } from './engines/child-processes.ts';

/** What the developer's own tools need, which build and check the project: they see all of his environment. */
export interface ProjectTools {
  /** Folder of the project. */
  readonly root: string;
  /** Folder that holds the `node_modules` of the tools. */
  readonly installation: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly children: ChildProcesses;
}
