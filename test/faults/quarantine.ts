import { randomUUID } from 'node:crypto';

import { EventRoute } from '../../ops/queues/event-route';
import { logger } from '../../src/app/logging/logger';
import { toMessage } from '../../src/event-store/delivery/event-message';
import { reasonIn } from '../../src/event-store/delivery/undelivered-queue';
import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { EventReference } from '../../src/event-store/events/event-reference';
import type { TestCloud } from '../support/test-cloud';
import type { Functions } from './functions';
import { takeAll } from './queues';

/** What waits in quarantine: where the log has it, and why it is there. */
export interface Quarantined {
  readonly reference: EventReference;
  readonly code: string | undefined;
}

/** The quarantine, and how an operator empties it. */
export class Quarantine {
  /** All that has been there, in the order in which it was taken from there. */
  readonly taken: Quarantined[] = [];
  /** Of those, what could not be redriven. */
  readonly left: Quarantined[] = [];

  constructor(
    private readonly cloud: TestCloud,
    private readonly functions: Pick<Functions, 'log' | 'queue'>,
  ) {}

  /** Takes what is there; answers it. */
  async take(): Promise<readonly Quarantined[]> {
    const bodies = await takeAll(this.cloud.clients.sqs, this.cloud.attributes('QuarantineQueue').Ref!);
    const taken = bodies.map((body) => ({ reference: decodeMessage(body).reference, code: reasonIn(body)?.code }));

    this.taken.push(...taken);
    return taken;
  }

  /** Sends what was taken to its queue again, as the log has it, the last one first: no order is too bad. */
  async redrive(): Promise<void> {
    const route = new EventRoute(this.functions.queue, this.functions.log, logger);
    const run = randomUUID();

    for (const letter of this.taken.toReversed()) {
      const message = await route.read(letter.reference).then(toMessage, () => undefined);
      const unsent = message && (await route.send([message], run));

      if (unsent?.size !== 0) {
        this.left.push(letter);
      }
    }
  }
}
