import ts from 'typescript';

import type { Finding } from '../finding.ts';
import { missingQueues } from '../project/missing-queues.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf } from '../project/template-values.ts';

const LAUNCH = '.vscode/launch.json';
const SAMPLE = /^test\/lambda\/(.+)\.json$/;

/** Each function has a sample event and can be debugged, and nothing is kept for one that is not there. */
export function toolFindings(project: Project): Finding[] {
  const functions = functionsOf(project.template).map(({ logicalId }) => logicalId);
  // What is kept for the processor of a queue that is missing is right.
  const queues = [...missingQueues(project).keys()];
  const stale = (name: string): boolean => !functions.includes(name) && !queues.some((queue) => name.startsWith(queue));

  return [...sampleFindings(project, functions, stale), ...launchFindings(project, functions, stale)];
}

type IsStale = (name: string) => boolean;

function sampleFindings({ sources }: Project, functions: readonly string[], isStale: IsStale): Finding[] {
  const samples = sources.paths.flatMap((path) => SAMPLE.exec(path)?.[1] ?? []);
  const rule = 'sample-event';

  return [
    ...functions
      .filter((name) => !samples.includes(name))
      .map((name) => ({
        rule,
        subject: name,
        file: TEMPLATE,
        problem: `its sample event test/lambda/${name}.json is missing`,
        remedy: 'Add it: npm run invoke and the debugger start the function with it',
      })),
    ...samples.filter(isStale).map((name) => ({
      rule,
      subject: name,
      file: `test/lambda/${name}.json`,
      problem: `${TEMPLATE} has no function of this name`,
      remedy: 'Rename the file after its function, or remove it',
    })),
  ];
}

interface Launch {
  readonly inputs?: readonly { readonly id?: string; readonly options?: readonly string[] }[];
}

function launchFindings({ sources }: Project, functions: readonly string[], isStale: IsStale): Finding[] {
  // It may have comments, which JSON.parse does not know.
  const { config } = ts.parseConfigFileTextToJson(LAUNCH, sources.read(LAUNCH)) as { config?: Launch };
  const options = config?.inputs?.find(({ id }) => id === 'function')?.options ?? [];
  const finding = { rule: 'launch-entry', file: LAUNCH };

  return [
    ...functions
      .filter((name) => !options.includes(name))
      .map((name) => ({
        ...finding,
        subject: name,
        problem: 'it is missing in the options of the input "function", so that it cannot be debugged',
        remedy: `Add "${name}" there`,
      })),
    ...options.filter(isStale).map((name) => ({
      ...finding,
      subject: name,
      problem: `the options of the input "function" have it, and ${TEMPLATE} has no function of this name`,
      remedy: `Remove "${name}" there`,
    })),
  ];
}
