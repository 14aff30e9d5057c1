import type { Figure, Plot, Table } from '../support/benchmark';
import { median } from '../support/alternate';
import { runClients } from './clients';
import type { Projected } from './projected';

const CLIENTS = 12;
const SECONDS = 60;
const WINDOW = 15; // seconds
const SAMPLE_EVERY = 250; // milliseconds

/** Seconds since the start, and events that were in the log and in no row then. */
type Sample = readonly [second: number, lag: number];

/**
 * Clients that send the next command as soon as the last is accepted, whatever is readable. If projecting could not keep up
 * with accepting, the lag would grow for as long as they go on.
 */
export async function measureLag(
  url: string,
  projected: Projected,
): Promise<{ table: Table; figure: Figure; plot: Plot }> {
  const samples: Sample[] = [];
  const start = performance.now();
  const second = () => (performance.now() - start) / 1000;
  let accepted = 0;
  const sampler = setInterval(() => samples.push([second(), projected.lag]), SAMPLE_EVERY);
  const step = async (send: () => Promise<{ id: string; version: number }>) => {
    const { id, version } = await send();

    accepted++;
    void projected.reaches(id, version);
  };

  try {
    await runClients(CLIENTS, url, step, () => second() > SECONDS);
  } finally {
    clearInterval(sampler);
  }
  return toResult(samples, accepted / second());
}

function toResult(samples: readonly Sample[], commandsPerSecond: number) {
  const starts = [0, WINDOW, 2 * WINDOW, 3 * WINDOW];
  const half = SECONDS / 2;

  return {
    table: {
      columns: [`${CLIENTS} clients that wait for nothing but the 202`, 'median lag, events'],
      rows: [
        ['commands/s', commandsPerSecond],
        ...starts.map((start) => [`second ${start} to ${start + WINDOW}`, typicalLag(samples, start, WINDOW)] as const),
      ],
    },
    figure: {
      name: 'lag in the second half of a minute / in the first (medians)',
      value: typicalLag(samples, half, half) / typicalLag(samples, 0, half),
      atMost: 1.2,
    },
    plot: {
      name: 'lag',
      title: `Events in the log that no row shows yet, ${CLIENTS} clients`,
      x: { name: 'time, s' },
      y: { name: 'lag, events' },
      series: [{ name: 'lag', points: samples }],
    },
  };
}

/**
 * The median: a pause of any process makes a peak that says nothing of growth, and means and maxima follow it. Less than
 * one event is as good as one, so that a pipeline without any lag has a ratio, too.
 */
function typicalLag(samples: readonly Sample[], start: number, seconds: number): number {
  return Math.max(1, median(samples.filter(([at]) => at >= start && at < start + seconds).map(([, lag]) => lag)));
}
