/** Only aggregates have ids whose last part is a decimal number: that of the run which they belong to. */
const AGGREGATE_ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3})-0{6}[0-9]{6}/g;

export function isOfRun(id: string, run: number): boolean {
  return id.endsWith(`-${lastPart(run)}`);
}

/** A text as it is in every run of its seed. */
export function withoutRun(text: string): string {
  return text.replaceAll(AGGREGATE_ID, '$1');
}

/** The aggregates that a text names, in any order, as they are called in every run of its seed. */
export function aggregatesIn(text: string): string {
  const ids = text.match(AGGREGATE_ID) ?? [];

  return [...new Set(ids.map(withoutRun))].sort().join();
}

export function lastPart(run: number): string {
  return String(run).padStart(12, '0');
}
