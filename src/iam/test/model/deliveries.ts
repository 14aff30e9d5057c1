import fc from 'fast-check';

import type { Event } from '../../../event-store/events/event';

const MAXIMUM_DELAY = 12;
const MAXIMUM_BATCH = 10;
const MAXIMUM_COPIES = 3;

/** How the transport treats one event. */
interface Treatment {
  /** Ticks between the aggregate's event before and this one. */
  readonly gap: number;
  /** Ticks by which each of its deliveries is late. */
  readonly delays: readonly number[];
  /** Not delivered at all, if a later event makes up for it. */
  readonly isLost: boolean;
}

/** What the transport does with several streams; what it leaves open happens in order, once, in batches of one. */
export interface Plan {
  /** By stream and event. */
  readonly treatments: readonly (readonly Treatment[])[];
  /** Of the batches, from the first size again after the last. */
  readonly sizes: readonly number[];
}

const PUNCTUAL: Treatment = { gap: 0, delays: [0], isLost: false };
const LOST: Treatment = { ...PUNCTUAL, isLost: true };

const delay = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(MAXIMUM_DELAY));

const treatment: fc.Arbitrary<Treatment> = fc.record({
  gap: fc.nat(4),
  delays: fc.array(delay, { minLength: 1, maxLength: MAXIMUM_COPIES, size: 'max' }),
  isLost: fc.nat(3).map((quarter) => quarter === 3),
});

/** Streams interleaved in any way, their events late, swapped, again, and lost. */
export function anyPlan(streams: number, events: number): fc.Arbitrary<Plan> {
  const any = fc.array(treatment, { maxLength: events, size: 'max' });
  const outage = fc.nat(events).map((count) => Array.from({ length: count }, () => LOST));

  return fc.record({
    treatments: fc.array(fc.oneof({ weight: 2, arbitrary: any }, outage), { minLength: streams, maxLength: streams }),
    sizes: fc.array(fc.integer({ min: 1, max: MAXIMUM_BATCH }), { maxLength: 5, size: 'max' }),
  });
}

/**
 * The batches that the plan makes of the streams.
 *
 * @param isHealed whether a later event of the stream makes up for the loss of an event
 */
export function batchesOf(
  streams: readonly (readonly Event[])[],
  { treatments, sizes }: Plan,
  isHealed: (event: Event, later: readonly Event[]) => boolean,
): readonly (readonly Event[])[] {
  const deliveries = streams.flatMap((stream, index) => {
    let now = 0;

    return stream.flatMap((event, position) => {
      const { gap, delays, isLost } = treatments[index]?.[position] ?? PUNCTUAL;

      now += gap;
      return isLost && isHealed(event, stream.slice(position + 1))
        ? []
        : delays.map((late) => ({ event, at: now + late }));
    });
  });

  return batched(
    deliveries.toSorted((one, other) => one.at - other.at).map(({ event }) => event),
    sizes,
  );
}

function batched(events: readonly Event[], sizes: readonly number[]): Event[][] {
  const batches: Event[][] = [];

  for (let start = 0; start < events.length;) {
    const end = start + (sizes[batches.length % sizes.length] ?? 1);

    batches.push(events.slice(start, end));
    start = end;
  }
  return batches;
}
