import { styleText } from 'node:util';

/** What Powertools' logger adds to each line and says nothing to somebody who looks on. */
const PLUMBING = new Set([
  'service',
  'sampling_rate',
  'xray_trace_id',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
]);

/** Which delivery of a message it was: of use where one has failed. */
const DELIVERY = new Set(['messageId', 'receiveCount']);
const QUIET = new Set(['DEBUG', 'INFO']);

type Colour = Parameters<typeof styleText>[0];
const COLOURS: Readonly<Record<string, Colour>> = { WARN: 'yellow', ERROR: 'red', CRITICAL: 'red', DEBUG: 'gray' };

/** Of this machine, before functions get theirs, which is UTC. */
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });

interface LogRecord extends Readonly<Record<string, unknown>> {
  readonly level: string;
  readonly message: string;
}

/**
 * A line of a function's log for people. A JSON line with a level and a message becomes its time, level, function, message and fields,
 * and then the stack of an error. Any other line stays as it is.
 */
export function readableLine(line: string, functionName: string): string {
  const record = parse(line);
  if (record === undefined) return line;
  const { level, message, timestamp, ...fields } = record;
  const errors = Object.values(fields).filter(isError);
  const isShown = (name: string): boolean => !PLUMBING.has(name) && !(QUIET.has(level) && DELIVERY.has(name));
  const rest = Object.entries(fields).filter(([name, value]) => isShown(name) && !isError(value));
  const head = [
    styleText('gray', time(timestamp)),
    styleText(COLOURS[level] ?? 'green', level.padEnd(5)),
    styleText('cyan', functionName),
    message,
    ...rest.flatMap(([name, value]) => (value === null ? [] : [styleText('gray', `${name}=${text(value)}`)])),
  ];
  return [head.filter((part) => part !== '').join(' '), ...errors.map(stackOf)].join('\n');
}

function parse(line: string): LogRecord | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const record = JSON.parse(line) as Partial<LogRecord>;
    return typeof record.level === 'string' && typeof record.message === 'string' ? (record as LogRecord) : undefined;
  } catch {
    return undefined;
  }
}

function time(timestamp: unknown): string {
  const moment = new Date(String(timestamp));
  if (Number.isNaN(moment.getTime())) return '';
  return `${CLOCK.format(moment)}.${String(moment.getUTCMilliseconds()).padStart(3, '0')}`;
}

function text(value: unknown): string {
  const json = JSON.stringify(value);
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : json;
}

function isError(value: unknown): value is { readonly stack: string } {
  return typeof (value as { stack?: unknown } | null)?.stack === 'string';
}

/** Without what called the handler; with the names of source files as an editor finds them. */
function stackOf({ stack }: { readonly stack: string }): string {
  const lines = stack
    .split('\n')
    .filter((line) => !/^\s+at .*(node:internal|nodejs\.internal|local\/lambda\/)/.test(line));
  return lines.map((line) => `    ${line.replace(/webpack:\/\/[^/)]+\/(?:\.\/)?/, '')}`).join('\n');
}
