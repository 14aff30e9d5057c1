import { join } from 'node:path';

import { checkWiring } from './check-wiring.ts';
import { lineOf } from './finding.ts';
import { Project } from './project/project.ts';
import { Sources, type Overlay } from './sources.ts';

/** A text of the fixture and what stands there instead; by `undefined`, the file is not there. */
export type Edit = readonly [path: string, from: string, to: string] | readonly [path: string, to: string | undefined];

/** Mistakes by what is wrong: how each is made, and all that is found then. */
export type Mistakes = Readonly<Record<string, { readonly edits: readonly Edit[]; readonly lines: readonly string[] }>>;

/** A project of the check's own: a library with books, readers and loans. */
const FIXTURE = Sources.of(join(__dirname, 'fixture'));

/** A test for each mistake: made alone, it is told in just these lines. */
export function testEach(mistakes: Mistakes): void {
  it.each(Object.entries(mistakes))('given %s, then says where it is and what mends it', (_, { edits, lines }) => {
    expect(linesAfter(...edits)).toEqual(lines);
  });
}

/** What is found in the fixture after some edits, which change no file. Throws an error that names a text that is not there. */
export function linesAfter(...edits: readonly Edit[]): string[] {
  return checkWiring(new Project(FIXTURE.with(overlayOf(edits)))).map(lineOf);
}

function overlayOf(edits: readonly Edit[]): Overlay {
  return edits.reduce<Overlay>((overlay, edit) => {
    if (edit.length === 2) return { ...overlay, [edit[0]]: edit[1] };

    const [path, from, to] = edit;
    const text = overlay[path] ?? FIXTURE.read(path);

    if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}: mend the test's edit.`);
    return { ...overlay, [path]: text.replaceAll(from, () => to) };
  }, {});
}
