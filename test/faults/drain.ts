import type { TestCloud } from '../support/test-cloud';
import type { Adversities } from './adversities';
import type { Lambda } from './lambda';
import type { Poison } from './poison';
import { countItems } from './stored-state';
import type { Transport } from './transport';

/** Without faults a command's event needs a few steps; on its way to a dead-letter queue and back, some more. */
const STEPS_PER_COMMAND = 5;
/** What comes back after so many will do so for ever. */
const MOST_REDRIVES = 3;

export interface Drained {
  readonly cloud: TestCloud;
  readonly lambda: Lambda;
  readonly adversities: Pick<Adversities, 'denied'>;
  readonly transport: Transport;
  readonly poison?: Poison;
}

/**
 * Goes on until nothing happens any more, then mends what is poisoned and redrives the dead letters. Answers whether every event has
 * gone its way in time, and nothing is left anywhere.
 */
export async function drain(system: Drained, commands: number): Promise<boolean> {
  const steps = STEPS_PER_COMMAND * commands;
  let isAtRest = await rest(system, steps);
  let redrives = 0;

  system.poison?.mend();
  while (isAtRest && (await system.transport.redrive())) {
    isAtRest = ++redrives <= MOST_REDRIVES && (await rest(system, steps));
  }
  return isAtRest;
}

/** Whether it comes to rest within these steps: steps and not seconds, so that each run takes the same ones. */
async function rest({ cloud, lambda, adversities, transport }: Drained, steps: number): Promise<boolean> {
  for (let step = 0; step < steps; step++) {
    adversities.denied.tick();
    await lambda.tick();
    await transport.step();
    const isQuiet = lambda.isQuiet && (await transport.isQuiet());

    if (isQuiet && transport.fromLog.read.size >= (await countItems(cloud))) {
      return true;
    }
  }
  return false;
}
