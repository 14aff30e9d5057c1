import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';

import { type GetObjectCommandInput, type ListObjectsV2CommandInput, S3Client } from '@aws-sdk/client-s3';

import { injectFault } from '../../test/support/faults';
import { AccountOpened } from '../../test/support/account';
import { recorded } from '../../test/support/events';
import { Archive, type Days } from './archive';

const KEYS = [
  'events/date=2026-11-23/a',
  'events/date=2026-11-23/b',
  'events/date=2026-11-24/c',
  'events/date=2026-11-25/d',
];
const SILENT = { advance: () => undefined };

describe('Archive', () => {
  const client = new S3Client({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const archive = new Archive(client, 'bucket', ({ id, $version }) =>
    Promise.resolve(recorded(new AccountOpened(id, 'of the log'), $version)),
  );
  const folder = mkdtempSync(join(tmpdir(), 'spec-'));
  let mend: () => void;
  let pages = 0;
  let refused: string | undefined;
  let broken: string | undefined;

  beforeEach(() => {
    pages = 0;
    refused = undefined;
    broken = undefined;
    mend = injectFault(client, ({ command, input }) => {
      const output =
        command === 'ListObjectsV2Command'
          ? list(input as ListObjectsV2CommandInput)
          : get(input as GetObjectCommandInput);

      return Promise.resolve({ output: { $metadata: {}, ...output } });
    });
  });

  afterEach(() => {
    mend();
    for (const file of readdirSync(folder)) {
      rmSync(join(folder, file));
    }
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** As S3 does, two at a time. */
  function list({ Prefix = '', StartAfter = '', ContinuationToken = StartAfter }: ListObjectsV2CommandInput) {
    const keys = KEYS.filter((key) => key.startsWith(Prefix) && key > ContinuationToken);
    const page = keys.slice(0, 2);

    pages += 1;
    return {
      Contents: page.map((Key) => ({ Key, Size: 7, LastModified: new Date(0) })),
      NextContinuationToken: keys.length > 2 ? page[1] : undefined,
    };
  }

  function get({ Key = '' }: GetObjectCommandInput) {
    if (Key === refused) {
      throw Object.assign(new Error('denied'), { name: 'AccessDenied', $metadata: {} });
    }
    const lines = Key === broken ? 'no event\n' : `${JSON.stringify(eventOf(Key))}\n`;

    return { Body: Readable.from([gzipSync(lines)]) };
  }

  function eventOf(key: string) {
    return { id: key, $name: 'org/bank/account/opened', $version: 1, owner: 'Zoë' };
  }

  async function keys(days: Days): Promise<string[]> {
    const found: string[] = [];

    for await (const { key } of archive.objects(days)) {
      found.push(key.slice(-1));
    }
    return found;
  }

  it('lists every page, and says of each object what it is', async () => {
    expect(await keys({})).toEqual(['a', 'b', 'c', 'd']);
    expect(pages).toBe(2);
    for await (const object of archive.objects({ from: '2026-11-25' })) {
      expect(object).toEqual({
        key: KEYS[3],
        date: '2026-11-25',
        size: 7,
        lastModified: '1970-01-01T00:00:00.000Z',
      });
    }
  });

  it.each([
    [{ from: '2026-11-24' }, ['c', 'd'], 1],
    [{ to: '2026-11-23' }, ['a', 'b'], 2],
    [{ from: '2026-11-24', to: '2026-11-24' }, ['c'], 1],
    [{ from: '2026-11-26' }, [], 1],
  ])('given the days %j, then lists only theirs', async (days, expected, requests) => {
    expect(await keys(days)).toEqual(expected);
    expect(pages).toBe(requests);
  });

  it('downloads each object into a file of its own, and tells how far it is', async () => {
    const steps: number[] = [];

    expect(await archive.download({}, folder, { advance: (count) => steps.push(count) })).toBe(4);

    expect(readdirSync(folder)).toEqual(['0', '1', '2', '3'].map((name) => `${name}.ndjson.gz`));
    expect(gunzipSync(readFileSync(join(folder, '3.ndjson.gz'))).toString()).toBe(
      `${JSON.stringify({ enrichmentData: [], ...eventOf(KEYS[3]!) })}\n`,
    );
    expect(steps).toEqual([4]);
  });

  it('given an object that cannot be read, then fails with the reason', async () => {
    refused = KEYS[1];

    await expect(archive.download({}, folder, SILENT)).rejects.toThrow('denied');
  });

  it('given a line that is no event, then names the object', async () => {
    broken = KEYS[2];

    await expect(archive.download({}, folder, SILENT)).rejects.toThrow(
      /^events\/date=2026-11-24\/c has a line that is no event: /,
    );
  });
});
