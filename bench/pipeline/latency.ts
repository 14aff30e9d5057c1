import type { Plot, Table } from '../support/benchmark';
import { runClients } from './clients';
import { percentile } from './percentile';
import type { Projected } from './projected';

const CLIENTS = [1, 12, 48];
// Milliseconds.
const WARM_UP = 2_000;
const MEASURED = 8_000;

interface Latencies {
  readonly clients: number;
  /** Milliseconds from a command to its 202. */
  readonly accepted: readonly number[];
  /** Milliseconds from a command to the answer of a GET that shows its effect. */
  readonly readable: readonly number[];
}

/** Clients that each send a command, wait until they can read its effect, and send the next. */
export async function measureLatencies(
  url: string,
  projected: Projected,
  tell: (progress: string) => void,
): Promise<{ table: Table; plot: Plot }> {
  const all: Latencies[] = [];

  for (const clients of CLIENTS) {
    tell(`latency with ${clients} clients`);
    all.push(await measure(clients, url, projected));
  }
  return { table: toTable(all), plot: toPlot(all) };
}

async function measure(clients: number, url: string, projected: Projected): Promise<Latencies> {
  const [accepted, readable]: [number[], number[]] = [[], []];
  const start = performance.now();
  const step = async (send: () => Promise<{ id: string; version: number }>) => {
    const sent = performance.now();
    const { id, version } = await send();
    const answered = performance.now();

    // A GET that waits would hold one of the few instances that the local cloud has of a function.
    await projected.reaches(id, version);
    await get(`${url}/users/${id}?atLeast=${version}`);
    if (sent > start + WARM_UP) {
      accepted.push(answered - sent);
      readable.push(performance.now() - sent);
    }
  };

  await runClients(clients, url, step, () => performance.now() > start + WARM_UP + MEASURED);
  return { clients, accepted, readable };
}

async function get(url: string): Promise<void> {
  const response = await fetch(url);
  const answer = await response.text();

  if (response.status !== 200) {
    throw new Error(`GET ${url} was answered ${response.status}: ${answer}`);
  }
}

function toTable(all: readonly Latencies[]): Table {
  return {
    columns: ['clients', 'commands/s', '202: p50 ms', 'p99 ms', 'readable: p50 ms', 'p99 ms'],
    rows: all.map(({ clients, accepted, readable }) => [
      clients,
      (1000 * accepted.length) / MEASURED,
      ...[accepted, readable].flatMap((times) => [percentile(times, 50), percentile(times, 99)]),
    ]),
  };
}

function toPlot(all: readonly Latencies[]): Plot {
  const line = (name: string, times: (latencies: Latencies) => readonly number[], percent: number) => ({
    name,
    points: all.map((latencies) => [latencies.clients, percentile(times(latencies), percent)] as const),
  });

  return {
    name: 'latency',
    title: 'A command on the local cloud: accepted, and to be read',
    x: { name: 'clients' },
    y: { name: 'time since the command was sent, ms', log: true },
    series: [
      line('202, p50', ({ accepted }) => accepted, 50),
      line('202, p99', ({ accepted }) => accepted, 99),
      line('readable, p50', ({ readable }) => readable, 50),
      line('readable, p99', ({ readable }) => readable, 99),
    ],
  };
}
