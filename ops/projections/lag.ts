import type { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event } from '../../src/event-store/events/event';
import { inChunks } from '../support/in-chunks';
import type { Progress } from '../support/progress';
import type { ProjectionRows } from './projection-inspection';

const AGGREGATES_AT_ONCE = 25;

/** How far a projection is behind the event log. */
export interface Lag {
  readonly projection: string;
  /** How many aggregates have events that are not applied. */
  aggregates: number;
  /** How many events that is. */
  events: number;
  /** When the oldest of them was recorded; absent when there is none. */
  oldest?: string;
}

/** How much there is in the log, and what of it is not projected. */
export interface LogStatus {
  aggregates: number;
  events: number;
  readonly lags: readonly Lag[];
}

/** Compares every projection's checkpoints with the whole log. */
export async function readLag(
  log: EventLog,
  projections: readonly ProjectionRows[],
  progress: Progress,
): Promise<LogStatus> {
  const lags = projections.map((projection) => ({
    projection,
    lag: { projection: projection.name, aggregates: 0, events: 0 },
  }));
  const status = { aggregates: 0, events: 0, lags: lags.map(({ lag }) => lag) };

  for await (const streams of inChunks(log.streams(), AGGREGATES_AT_ONCE)) {
    await Promise.all(
      streams.flatMap((stream) =>
        lags.map(async ({ projection, lag }) => {
          add(lag, await unapplied(projection, stream));
        }),
      ),
    );
    const events = streams.reduce((sum, { length }) => sum + length, 0);

    status.aggregates += streams.length;
    status.events += events;
    progress.advance(events);
  }
  return status;
}

/** The checkpoint is read after the log: what has been applied meanwhile never counts as missing. */
async function unapplied(projection: ProjectionRows, stream: readonly Event[]): Promise<Event[]> {
  const handled = stream.filter(({ $name }) => projection.handled.has($name));

  const [first] = handled;

  if (!first) {
    return [];
  }
  const checkpoint = await projection.checkpoint(first.id);

  return handled.filter(({ $version }) => $version > checkpoint);
}

function add(lag: Lag, [oldest, ...more]: readonly Event[]): void {
  if (oldest) {
    lag.aggregates += 1;
    lag.events += 1 + more.length;
    lag.oldest = lag.oldest === undefined || oldest.timestamp < lag.oldest ? oldest.timestamp : lag.oldest;
  }
}
