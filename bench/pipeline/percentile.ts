/** The value that this share of the values does not exceed, by the nearest rank; `NaN` of none. */
export function percentile(values: readonly number[], percent: number): number {
  return values.toSorted((one, other) => one - other)[Math.ceil((percent / 100) * values.length) - 1] ?? NaN;
}
