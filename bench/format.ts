import Table from 'cli-table3';

import type { Figure, Result } from './support/benchmark';

/** A result as tables for people. */
export function format({ question, tables, figures }: Result): string {
  return [question, ...tables.map(({ columns, rows }) => toText(columns, rows)), ...figures.map(toLine), ''].join('\n');
}

/** Three digits that count; whole from 100 on. */
export function round(value: string | number): string {
  if (typeof value === 'string') {
    return value;
  }
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

/** What a figure should be. */
export function targetOf({ atMost, atLeast }: Figure): string {
  return [atMost !== undefined && `at most ${atMost}`, atLeast !== undefined && `at least ${atLeast}`]
    .filter(Boolean)
    .join(', ');
}

function toText(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const table = new Table({ head: [...columns], style: { head: [], border: [] } });

  table.push(...rows.map((row) => row.map(round)));
  return table.toString();
}

function toLine(figure: Figure): string {
  const target = targetOf(figure);

  return `${figure.name}: ${round(figure.value)}${target && ` (should be ${target})`}`;
}
