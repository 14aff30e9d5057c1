import type { Readable, Writable } from 'node:stream';

import { readableLine } from './log-line.ts';

/** Passes on to a terminal what a function logs, in lines for people. */
export function passOnLog(log: Readable, terminal: Writable, functionName: string): void {
  let unfinished = '';
  const write = (lines: readonly string[]): void => {
    for (const line of lines) terminal.write(`${readableLine(line, functionName)}\n`);
  };
  log.setEncoding('utf8');
  log.on('data', (chunk: string) => {
    const lines = (unfinished + chunk).split('\n');
    unfinished = lines.pop() ?? '';
    write(lines);
  });
  log.on('end', () => {
    if (unfinished !== '') write([unfinished]);
  });
}
