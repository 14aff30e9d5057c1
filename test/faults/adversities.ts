import type { TestCloud } from '../support/test-cloud';
import type { ClientFaults } from './clients';
import { DeniedQueue } from './denied-queue';
import { FaultPlan } from './fault-plan';
import { Random } from './random';
import { RefusedContent } from './refused-content';
import { Rival } from './rival';
import type { RunOptions } from './run-options';
import { Strangers } from './strangers';

/** All that goes wrong in a run. */
export class Adversities implements ClientFaults {
  readonly faults: FaultPlan;
  readonly content: RefusedContent;
  readonly denied: DeniedQueue;
  readonly rival: Rival;
  readonly strangers: Strangers;

  /** @param run its number */
  constructor(cloud: TestCloud, { seed, rate, kinds, denied }: RunOptions, run: number) {
    // Of a seed of its own, so that the commands are the same whatever goes wrong.
    this.faults = new FaultPlan(new Random(2 * seed + 1), rate, kinds);
    this.content = new RefusedContent(this.faults, seed);
    this.denied = new DeniedQueue(this.faults, denied);
    this.rival = new Rival(cloud.clients.dynamodb, this.faults);
    this.strangers = new Strangers(cloud, this.faults, run);
  }

  /** Nothing new goes wrong any more. What services refuse they go on refusing. */
  stop(): void {
    this.faults.stop();
  }

  /** Nothing is refused any more. */
  mend(): void {
    this.content.mend();
    this.denied.mend();
  }
}
