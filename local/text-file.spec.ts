import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readDotenv, idleNames } from './dotenv.ts';
import { readEvent } from './invoke/read-event.ts';
import { LocalCloudError } from './local-cloud-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-'));
const file = (name: string): string => join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const little = (text: string): Buffer => Buffer.from(text, 'utf16le');
const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** A way of writing text that editors on Windows have. */
type Write = (text: string) => Uint8Array;

const READ: [name: string, write: Write][] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 LE with a byte order mark', (text) => little(`\uFEFF${text}`)],
  ['UTF-16 BE with a byte order mark', (text) => big(`\uFEFF${text}`)],
  ['UTF-16 LE', little],
  ['UTF-16 BE', big],
];

const REFUSED: [name: string, write: Write, encoding: string][] = [
  ['Windows-1252', (text) => Buffer.from(text, 'latin1'), 'UTF-8'],
  ['UTF-8 with a NUL', (text) => Buffer.from(`${text}\0`), 'UTF-8'],
  ['UTF-16 that ends in the middle of a character', (text) => little(`\uFEFF${text}`).subarray(0, -1), 'UTF-16LE'],
  [
    'UTF-32',
    (text) => Buffer.from([0xff, 0xfe, 0, 0, ...[...text].flatMap((char) => [char.charCodeAt(0), 0, 0, 0])]),
    'UTF-16LE',
  ],
];

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('a text file with %s', (_name, end) => {
  const event = ['{', '  "name": "Zoë"', '}', ''].join(end);
  const dotenv = ['# mine', 'greeting=Zoë', 'stage = dev', 'site="a b"', ''].join(end);

  it.each(READ)('when it is in %s, then it is read', async (_encoding, write) => {
    writeFileSync(file('event.json'), write(event));
    writeFileSync(file('.env'), write(dotenv));
    expect(await readEvent(file('event.json'), 'Function')).toEqual({ name: 'Zoë' });
    expect(readDotenv(folder)).toEqual({ greeting: 'Zoë', stage: 'dev', site: 'a b' });
  });

  it.each(REFUSED)('when it is in %s, then it is refused by name', async (_encoding, write, encoding) => {
    writeFileSync(file('event.json'), write(event));
    writeFileSync(file('.env'), write(dotenv));
    const reason = `is no text in ${encoding}: expected UTF-8. Save it again in your editor, with the encoding UTF-8.`;
    const reading = readEvent(file('event.json'), 'Function');
    await expect(reading).rejects.toThrow(LocalCloudError);
    await expect(reading).rejects.toThrow(`${file('event.json')} ${reason}`);
    expect(() => readDotenv(folder)).toThrow(new LocalCloudError(`${file('.env')} ${reason}`));
  });
});

describe('.env', () => {
  it('when there is none, then it says nothing', () => {
    rmSync(file('.env'), { force: true });
    expect(readDotenv(folder)).toEqual({});
  });

  it('when it is a folder, then it is refused by name', () => {
    expect(() => readDotenv(join(folder, 'event.json'))).toThrow('Cannot read .env: ENOTDIR');
  });

  it.each([
    ['logLevl', 'logLevel'],
    ['LOGLEVEL', 'logLevel'],
    ['stag', 'stage'],
  ])('when it has the unknown name %s, then a line names it, and %s', (name, other) => {
    expect(idleNames({ stage: 'dev', [name]: 'x' }, ['eventLogTable', 'logLevel', 'stage'], {})).toEqual([
      `.env: ${name} is neither a parameter of template.yaml nor a setting of this project, and is ignored. The nearest name is ${other}.`,
    ]);
  });

  it('when no name is like the unknown one, then no other is named', () => {
    expect(idleNames({ PROT: '1' }, ['stage'], {})).toEqual([
      '.env: PROT is neither a parameter of template.yaml nor a setting of this project, and is ignored.',
    ]);
  });

  it('when it has a setting that only the environment gives, then a line says so, unless the environment has the same', () => {
    const dotenv = { PORT: '3457', AWS_ENDPOINT_URL_SQS: '' };

    expect(idleNames(dotenv, ['stage'], { PORT: '3000' })).toEqual([
      '.env: PORT is read from the environment alone, and is ignored here. Set it in the shell that runs the command.',
    ]);
    expect(idleNames(dotenv, ['stage'], { PORT: '3457' })).toEqual([]);
  });
});
