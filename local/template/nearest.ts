/** The name that was meant: the most like this one, whatever their cases, and at most three letters away; undefined where there is none. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((other) => ({ other, away: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ away }) => away <= 3)
    .sort((one, another) => one.away - another.away);
  return best?.other;
}

/** How many letters to add, to leave out or to change (Levenshtein). */
function distance(one: string, another: string): number {
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
