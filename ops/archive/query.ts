import type { DuckDBConnection, DuckDBResultReader, DuckDBType, Json } from '@duckdb/node-api';

import { OpsError } from '../support/ops-error';
import type { Progress } from '../support/progress';
import { eventsView } from './events-view';

const INTERRUPTION_MILLISECONDS = 100;

interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/**
 * Answers SQL about the events in a folder's files; without a folder, about none.
 *
 * @throws OpsError for SQL that DuckDB refuses
 */
export async function query(sql: string, folder: string | undefined, progress: Progress): Promise<Rows> {
  const { DuckDBInstance } = await duckDB();
  // What is not built in would be fetched from the internet: nothing here needs it.
  const extensions = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };
  const instance = await DuckDBInstance.create(':memory:', {
    ...extensions,
    // Takes what does not fit in memory.
    ...(folder !== undefined && { temp_directory: folder }),
  });
  const connection = await instance.connect();

  try {
    await connection.run(eventsView(folder));
    return rowsOf(await interruptible(sql, connection, progress));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Only here, since the other tools do without it. */
async function duckDB() {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    throw new OpsError(
      `Expected the npm package @duckdb/node-api with its program for ${process.platform}-${process.arch}: run npm ci. It is not made for every platform.`,
      { cause: error },
    );
  }
}

async function interruptible(sql: string, connection: DuckDBConnection, progress: Progress) {
  let interruption: Error | undefined;
  const watch = setInterval(() => {
    try {
      progress.advance(0);
    } catch (error) {
      interruption = error as Error;
      connection.interrupt();
    }
  }, INTERRUPTION_MILLISECONDS);

  try {
    return await connection.runAndReadAll(sql);
  } catch (error) {
    throw interruption ?? new OpsError(reasonOf(error as Error), { cause: error });
  } finally {
    clearInterval(watch);
  }
}

/** DuckDB's message without its picture of the statement: one line. */
function reasonOf({ message }: Error): string {
  const [reason = ''] = message.split(/\n+LINE \d+: /);

  return reason.replaceAll(/\s*\n\s*/g, ' ');
}

function rowsOf(reader: DuckDBResultReader): Rows {
  const types = reader.columnTypes();

  return {
    columns: reader.deduplicatedColumnNames(),
    rows: reader.getRowsJson().map((row) => row.map((value, index) => plain(value, types[index]))),
  };
}

/** DuckDB writes JSON and large numbers as text. */
function plain(value: Json, type: DuckDBType | undefined): Json {
  if (typeof value !== 'string') {
    return value;
  }
  if (type?.alias === 'JSON') {
    return JSON.parse(value) as Json;
  }
  const isInteger = String(type).endsWith('INT') && Number.isSafeInteger(Number(value));

  return isInteger ? Number(value) : value;
}
