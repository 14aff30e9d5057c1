import path from 'node:path';

import type { LoaderContext } from 'webpack';

import type { Edit } from './releases.mts';

/** Webpack's loader of sources that are edited; refuses an edit of what is not there, or there twice. */
export default function editSource(this: LoaderContext<{ edits: readonly Edit[] }>, source: string): string {
  const edits = this.getOptions().edits.filter(({ file }) => path.resolve(file) === this.resourcePath);

  return edits.reduce((edited, { file, text, instead }) => {
    const [before, after, ...more] = edited.split(text);

    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(`Expected the text to be edited once in ${file}: ${text}`);
    }
    return before + instead + after;
  }, source);
}
