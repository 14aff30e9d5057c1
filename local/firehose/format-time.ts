import { LocalCloudError } from '../local-cloud-error.ts';

/** The letters of Java's DateTimeFormatter that stand for a number. */
const FIELDS: Readonly<Record<string, (moment: Date) => number>> = {
  y: (moment) => moment.getUTCFullYear(),
  u: (moment) => moment.getUTCFullYear(),
  M: (moment) => moment.getUTCMonth() + 1,
  d: (moment) => moment.getUTCDate(),
  H: (moment) => moment.getUTCHours(),
  m: (moment) => moment.getUTCMinutes(),
  s: (moment) => moment.getUTCSeconds(),
};

/** A letter once or again and again, text in quotes (two of them: one quote), or anything else as it is. */
const PARTS = /([A-Za-z])\1*|'((?:[^']|'')*)'|[^A-Za-z']/g;

/** A moment in UTC by a pattern of Java's DateTimeFormatter, of which it knows the numbers from year to second. */
export function formatTime(pattern: string, moment: Date): string {
  return pattern.replaceAll(PARTS, (part, letter: string | undefined, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
    return letter === undefined ? part : field(part, letter, moment);
  });
}

function field(part: string, letter: string, moment: Date): string {
  const number = FIELDS[letter]?.(moment);
  // From three letters on a month is its name.
  if (number === undefined || part.startsWith('MMM')) {
    throw new LocalCloudError(`expected yyyy, MM, dd, HH, mm, ss or text in quotes in a timestamp, got "${part}"`);
  }
  // Two letters of a year are its last two digits.
  const digits = 'yu'.includes(letter) && part.length === 2 ? number % 100 : number;
  return String(digits).padStart(part.length, '0');
}
