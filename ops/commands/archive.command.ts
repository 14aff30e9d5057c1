import type { Json } from '@duckdb/node-api';

import type { ArchivedObject } from '../archive/archive';
import { query } from '../archive/query';
import { inTemporaryFolder } from '../archive/temporary-folder';
import type { Operator } from '../operator/operator';
import type { Progress } from '../support/progress';
import type { Answer, Options } from './command';
import { count } from './count';
import { table } from './table';

/** What is in the archive, by day. */
export async function listArchive(operator: Operator, days: Options, progress: Progress): Promise<Answer> {
  const objects: ArchivedObject[] = [];

  for await (const object of operator.archive().objects(days)) {
    objects.push(object);
    progress.advance(1);
  }
  const bytes = total(objects);
  const totals = [...Map.groupBy(objects, ({ date }) => date)].map(([date, ofDay]) => ({
    date,
    objects: ofDay.length,
    bytes: total(ofDay),
  }));

  return {
    data: { objects, days: totals, total: { objects: objects.length, bytes } },
    text:
      objects.length === 0
        ? 'No objects. An event gets to the archive within archiveInterval seconds: see template.yaml and .env.'
        : [
            table(
              ['key', 'bytes', 'last modified'],
              objects.map(({ key, size, lastModified }) => [key, size, lastModified]),
            ),
            '',
            table(
              ['day', 'objects', 'bytes'],
              totals.map(({ date, ...sums }) => [date, sums.objects, sums.bytes]),
            ),
            '',
            `${count(objects.length, 'object')}, ${count(bytes, 'byte')}.`,
          ].join('\n'),
  };
}

/** Answers SQL about the events in the archive. */
export async function queryArchive(operator: Operator, options: Options, progress: Progress): Promise<Answer> {
  const { sql = '' } = options;
  const { columns, rows, objects } = await inTemporaryFolder(async (folder) => {
    const objects = await operator.archive().download(options, folder, progress);

    return { ...(await query(sql, objects > 0 ? folder : undefined, progress)), objects };
  });
  const records = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));

  return {
    data: records,
    text: [
      table(
        columns,
        rows.map((row) => row.map(cell)),
      ),
      '',
      `${count(rows.length, 'row')}, from ${count(objects, 'object')}.`,
    ].join('\n'),
  };
}

function total(objects: readonly ArchivedObject[]): number {
  return objects.reduce((sum, { size }) => sum + size, 0);
}

function cell(value: Json): string {
  if (value === null) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
