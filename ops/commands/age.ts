const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** How long ago that was, in its largest unit: `3 min`. */
export function age(timestamp: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(timestamp)) / 1000);
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ['s', 1];

  return `${Math.floor(seconds / size)} ${unit}`;
}
