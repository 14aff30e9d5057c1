import { Logger } from '@aws-lambda-powertools/logger';
import { SQSClient } from '@aws-sdk/client-sqs';

import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventLog } from '../../src/event-store/event-log/event-log';
import { queueNameOf } from '../../src/app/naming/queue-name';
import { DeadLetters, type RedriveRoute } from '../queues/dead-letters';
import { EventRoute } from '../queues/event-route';
import type { Progress } from '../support/progress';
import type { ProjectionInspection } from '../projections/projection-inspection';
import { type QueueDepth, readQueues } from '../queues/queues';
import { Replay } from '../queues/replay';
import { inspectionsOf } from '../projections/inspections-of';
import { ApplicationContainer } from '../../src/app/application-container';
import { CONTEXTS } from '../../src/contexts';
import { environment } from '../../src/shared-kernel/configuration/environment';
import type { Archive } from '../archive/archive';
import { openArchive } from './open-archive';
import type { Stage } from './stage';

/** What an operator works with: the parts of the system that the environment names. */
export class Operator {
  readonly log: EventLog;
  readonly projections: readonly ProjectionInspection[];
  private readonly sqs = new SQSClient({});
  // Answers go to the standard output; a queue's refusal is a warning, which goes to the standard error.
  private readonly logger = new Logger({ serviceName: 'ops', logLevel: 'WARN' });

  constructor(private readonly stage: Stage) {
    const app = new ApplicationContainer(CONTEXTS);

    this.log = app.get<EventLog>(EventLog);
    this.projections = inspectionsOf(app.eventHandlers, app.events);
  }

  queues(): Promise<QueueDepth[]> {
    return readQueues(this.sqs, this.stage.queues);
  }

  /** Those queues that hold events, with their dead-letter queues. */
  async eventQueues(): Promise<(QueueDepth & { readonly deadLetters: QueueDepth })[]> {
    const queues = await this.queues();

    return queues.filter((queue): queue is QueueDepth & { deadLetters: QueueDepth } => queue.deadLetters !== undefined);
  }

  deadLetters({ url }: QueueDepth): DeadLetters {
    return new DeadLetters(this.sqs, url);
  }

  /** The way back of dead letters. */
  get redriveRoute(): RedriveRoute {
    return new EventRoute((aggregateType) => this.queueOf(aggregateType), this.log, this.logger);
  }

  replay(progress: Progress): Replay {
    return new Replay(this.log, (aggregateType) => this.queueOf(aggregateType), progress);
  }

  private queueOf(aggregateType: string): EventQueue {
    return new EventQueue(this.sqs, environment(queueNameOf(aggregateType)), this.logger);
  }

  /** @throws OpsError where it is off */
  archive(): Archive {
    return openArchive(this.stage, (reference) => this.redriveRoute.read(reference));
  }
}
