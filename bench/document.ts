import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format as prettify, resolveConfig } from 'prettier';

import type { Figure, Plot, Result, Table } from './support/benchmark';
import { round, targetOf } from './format';
import { toSvg } from './plot';

const DOCS = join(__dirname, '../../docs');
const PAGE = join(DOCS, 'performance.md');

/**
 * Puts a result into `docs/performance.md`, in the place of the one before, and its plots beside that page.
 *
 * @throws RangeError when the page has no place for it
 */
export async function document(name: string, result: Result): Promise<void> {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(start), page.indexOf(end)];

  if (from < 0 || to < from) {
    throw new RangeError(
      `Expected ${start} and ${end} in docs/performance.md, on lines of their own, around the result.`,
    );
  }
  const written = `${page.slice(0, from)}${start}\n\n${toMarkdown(result)}\n\n${page.slice(to)}`;

  writeFileSync(PAGE, await prettify(written, { ...(await resolveConfig(PAGE)), parser: 'markdown' }));
  mkdirSync(join(DOCS, 'performance'), { recursive: true });
  result.plots?.forEach((plot) => {
    writeFileSync(join(DOCS, fileOf(plot)), toSvg(plot));
  });
}

function toMarkdown({ question, tables, figures, plots = [] }: Result): string {
  return [
    `_${question}_`,
    ...tables.map(tableOf),
    figures.length > 0 ? tableOf({ columns: ['figure', 'measured', 'target'], rows: figures.map(rowOf) }) : '',
    ...plots.map((plot) => `![${plot.title}](${fileOf(plot)})`),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function rowOf(figure: Figure): [string, number, string] {
  return [figure.name, figure.value, targetOf(figure)];
}

function tableOf({ columns, rows }: Table): string {
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => row.map(round))];

  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function fileOf({ name }: Plot): string {
  return `performance/${name}.svg`;
}
