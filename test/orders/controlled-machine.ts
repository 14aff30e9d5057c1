import crypto from 'node:crypto';
import timers from 'node:timers/promises';

const NOW = Date.UTC(2026, 0, 2);

/**
 * Hands clock, chance, sleep and new ids to the code under search, so that it does the same whenever it is executed again. A sleep is
 * over at once: whatever may happen in it may happen before the next call as well.
 *
 * @param newId the next UUID
 * @returns gives the machine back
 */
export function controlMachine(newId: () => string): () => void {
  const { now } = Date;
  const { random } = Math;
  const { randomUUID } = crypto;
  const { setTimeout } = timers;
  const elapsed = performance.now.bind(performance);

  Object.assign(Date, { now: () => NOW });
  Object.assign(Math, { random: () => 0 });
  Object.assign(crypto, { randomUUID: newId });
  Object.assign(timers, { setTimeout: () => Promise.resolve() });
  performance.now = () => 0;

  return () => {
    Object.assign(Date, { now });
    Object.assign(Math, { random });
    Object.assign(crypto, { randomUUID });
    Object.assign(timers, { setTimeout });
    performance.now = elapsed;
  };
}
