const texts: string[] = [];
const numbers = new Map<string, number>();

/** A small number for a text: states hold numbers, and are quick to compare. */
export type TextNumber = number;

export function numberOf(text: string): TextNumber {
  const known = numbers.get(text) ?? texts.push(text) - 1;

  numbers.set(text, known);
  return known;
}

export function textOf(number: TextNumber): string {
  return texts[number]!;
}

/** A row as a table keeps it: without what is undefined, and the same however its properties are ordered. */
export function numberOfRow(row: object): TextNumber {
  return numberOf(JSON.stringify(row, ordered));
}

export function rowOf(number: TextNumber): Record<string, unknown> {
  return JSON.parse(textOf(number)) as Record<string, unknown>;
}

function ordered(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
}
