import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Event } from '../../src/event-store/events/event';
import { accountLifeOf } from '../../test/support/account-life';
import { OpsError } from '../support/ops-error';
import { query } from './query';

const SILENT = { advance: () => undefined };

describe('query', () => {
  // A quote, as in the name of a user's folder.
  const folder = mkdtempSync(join(tmpdir(), "spec'-"));
  const id = randomUUID();
  const life = accountLifeOf(id);

  beforeAll(() => {
    life[3]!.enrichmentData.push({ aggregateName: 'Account', data: { id, owner: 'Grace' } });
    write('0', life.slice(0, 4));
    // At least once: some come again, in another object.
    write('1', life.slice(2));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function write(name: string, events: readonly Event[]): void {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');

    writeFileSync(join(folder, `${name}.ndjson.gz`), gzipSync(lines));
  }

  const ask = (sql: string, from: string | undefined = folder) => query(sql, from, SILENT);

  it('has every event once, with the properties that every event can have', async () => {
    const { columns, rows } = await ask(
      'SELECT aggregate_id, version, event_name, event_id, recorded_at, correlation_id, causation_id FROM events ORDER BY version',
    );

    expect(columns).toHaveLength(7);
    expect(rows).toEqual(
      life.map((event) => [
        id,
        event.$version,
        event.$name,
        event.eventId,
        `2026-01-01 00:00:0${event.$version}`,
        'test',
        'test',
      ]),
    );
  });

  it('has its own properties as its payload, and enrichment as it is', async () => {
    const { rows } = await ask(
      'SELECT payload, enrichment, metadata FROM events WHERE version IN (2, 4) ORDER BY version',
    );

    expect(rows).toEqual([
      [{ amount: 5 }, [], null],
      [{ from: 'Ada', to: 'Grace' }, life[3]!.enrichmentData, null],
    ]);
    expect((await ask("SELECT payload->>'owner' FROM events WHERE version = 1")).rows).toEqual([['Ada']]);
  });

  it('counts in numbers, and keeps columns of one name apart', async () => {
    expect(
      await ask('SELECT count(*) AS n, sum(version) AS n, 9007199254740993 AS big, 1.50 AS d FROM events'),
    ).toEqual({
      columns: ['n', 'n:1', 'big', 'd'],
      rows: [[6, 21, '9007199254740993', '1.50']],
    });
  });

  it('given no files, then there are no events', async () => {
    expect(await query('SELECT count(*), max(recorded_at) FROM events', undefined, SILENT)).toMatchObject({
      rows: [[0, null]],
    });
  });

  it.each([
    ['SELECT emial FROM events', /^Binder Error: Referenced column "emial" not found .* Candidate bindings: .*$/],
    ['SELCT 1', /^Parser Error: syntax error at or near "SELCT"$/],
    ['SELECT * FROM users', /^Catalog Error: Table with name users does not exist!/],
  ])('given %s, then says in one line what is wrong', async (sql, message) => {
    const failing = ask(sql);

    await expect(failing).rejects.toThrow(OpsError);
    await expect(failing).rejects.toThrow(message);
  });

  it('given an interruption while it is at work, then stops', async () => {
    const interrupted = {
      advance: () => {
        throw new OpsError('Stopped.');
      },
    };

    await expect(
      query(
        'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 7.5',
        undefined,
        interrupted,
      ),
    ).rejects.toThrow('Stopped.');
  });
});
