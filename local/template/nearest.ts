/** The name that is most like this one, whatever their cases; undefined where there is none to choose from. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const away = (other: string): number => distance(name.toLowerCase(), other.toLowerCase());
  return names.toSorted((one, another) => away(one) - away(another))[0];
}

/** How many letters to add, to leave out or to change (Levenshtein). */
export function distance(one: string, another: string): number {
  let row = Array.from({ length: another.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...another].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
