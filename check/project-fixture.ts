import { join } from 'node:path';

import { checkWiring } from './check-wiring.ts';
import type { Finding } from './finding.ts';
import { Project } from './project/project.ts';
import { Sources, type Overlay } from './sources.ts';

/** A text of the project and what stands there instead; by `undefined`, the file is not there. */
export type Edit = readonly [path: string, from: string, to: string] | readonly [path: string, to: string | undefined];

const PROJECT = Sources.of(join(__dirname, '..'));

/** What is found in the project after some edits, which change no file. Throws an error that names a text that is not there. */
export function findingsAfter(...edits: readonly Edit[]): Finding[] {
  return checkWiring(new Project(PROJECT.with(overlayOf(edits))));
}

function overlayOf(edits: readonly Edit[]): Overlay {
  return edits.reduce<Overlay>((overlay, edit) => {
    if (edit.length === 2) return { ...overlay, [edit[0]]: edit[1] };

    const [path, from, to] = edit;
    const text = overlay[path] ?? PROJECT.read(path);

    if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}: mend the test's edit.`);
    return { ...overlay, [path]: text.replace(from, () => to) };
  }, {});
}
