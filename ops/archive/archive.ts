import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

import { type _Object, GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

import { inChunks } from '../support/in-chunks';
import type { Progress } from '../support/progress';
import { decodedLines } from './decoded-lines';

/** Begins the key of each object; the day in UTC on which its oldest event got to the stream comes next, then a slash. */
const PREFIX = 'events/date=';
const DOWNLOADS_AT_ONCE = 8;

/** Days in UTC, `2026-11-24`: the first and the last; all where absent. */
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ArchivedObject {
  readonly key: string;
  readonly date: string;
  /** In bytes. */
  readonly size: number;
  /** ISO 8601 in UTC. */
  readonly lastModified: string;
}

/** The objects in S3 that hold all events, each as a line of JSON in gzip. An event may be in there more than once. */
export class Archive {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  /** The oldest day first. */
  async *objects({ from, to }: Days): AsyncGenerator<ArchivedObject> {
    const pages = paginateListObjectsV2(
      { client: this.client },
      { Bucket: this.bucket, Prefix: PREFIX, StartAfter: from === undefined ? undefined : PREFIX + from },
    );

    for await (const { Contents = [] } of pages) {
      for (const object of Contents.map(toArchived)) {
        if (to !== undefined && object.date > to) {
          return;
        }
        yield object;
      }
    }
  }

  /**
   * Copies the events of the days' objects to a folder, under names that say nothing; answers how many objects.
   *
   * @throws OpsError for a line that is no event
   */
  async download(days: Days, folder: string, progress: Progress): Promise<number> {
    let count = 0;

    for await (const chunk of inChunks(this.objects(days), DOWNLOADS_AT_ONCE)) {
      const done = await Promise.allSettled(
        chunk.map(({ key }, index) => this.copy(key, join(folder, `${count + index}.ndjson.gz`))),
      );

      // Nobody writes to the folder any more once this has failed.
      done.forEach((download) => {
        if (download.status === 'rejected') {
          throw download.reason;
        }
      });
      count += chunk.length;
      progress.advance(chunk.length);
    }
    return count;
  }

  private async copy(key: string, file: string): Promise<void> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));

    await pipeline(Body as Readable, createGunzip(), decodedLines(key), createGzip(), createWriteStream(file));
  }
}

function toArchived({ Key: key = '', Size: size = 0, LastModified }: _Object): ArchivedObject {
  const [date = ''] = key.slice(PREFIX.length).split('/');

  return { key, date, size, lastModified: LastModified?.toISOString() ?? '' };
}
