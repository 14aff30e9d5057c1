import type { KinesisStreamEvent, SQSEvent } from 'aws-lambda';

import { queueNameOf } from '../../src/app/naming/queue-name';
import { ApplicationContainer } from '../../src/app/application-container';
import { setEnvironment } from '../../src/shared-kernel/configuration/environment';
import { logger } from '../../src/app/logging/logger';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { UndeliveredQueue } from '../../src/event-store/delivery/undelivered-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { type EventHandlerType, QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { EventLog } from '../../src/event-store/event-log/event-log';
import type { CheckpointedHandler } from '../../src/event-store/projections/checkpointed-handler';
import { eventsHandledBy } from '../../src/event-store/projections/handles-event.decorator';
import { Snapshotter } from '../../src/event-store/delivery/snapshotter';
import {
  AccountProjectionHandler,
  AccountProjectionRepository,
  bank,
  BranchProjectionHandler,
  BranchProjectionRepository,
  PortfolioHandler,
  PortfolioRepository,
} from '../support/bank.module';
import type { TestCloud } from '../support/test-cloud';
import type { FunctionClients } from './clients';
import type { FaultPlan } from './fault-plan';
import { GapReads } from './gap-reads';
import type { Mutation, Project } from './mutation';
import { appOfYesterday, handlersOfYesterday } from './yesterday';
import { handlingInStrands, readSnapshotsAside, sendingInStrand, snapshottingInStrands } from './strands';

/** So small that short lives have snapshots. */
const SNAPSHOT_INTERVAL = '3';

interface FunctionSetup {
  readonly faults: FaultPlan;
  readonly mutation: Mutation;
}

/** The functions of the template, each made as its Lambda entry file makes it. */
export class Functions {
  /** Two instances of the controllers: the aggregates that one keeps go stale by the other. */
  readonly apps: readonly [ApplicationContainer, ApplicationContainer];
  /** An instance of theirs with yesterday's code. */
  readonly yesterday: ApplicationContainer;
  readonly log: EventLog;
  readonly queue: (aggregateType: string) => EventQueue;
  /** Which handlers there are, by their classes: first the accounts' own. */
  readonly handlers: readonly CheckpointedHandler[];
  readonly project: Project;
  private readonly logs: GapReads[] = [];
  private readonly adaptor: DynamoKinesisAdaptor;
  private readonly broker: EventSourceBroker;
  private readonly snapshotter: Snapshotter;

  constructor(cloud: TestCloud, { dynamodb, kinesis, sqs }: FunctionClients, { faults, mutation }: FunctionSetup) {
    this.queue = (aggregateType) => {
      const name = queueNameOf(aggregateType);
      const { Ref: url } = cloud.attributes(name);

      if (url === undefined) {
        throw new Error(`There is no queue of ${aggregateType}.`);
      }
      return sendingInStrand(name, new EventQueue(sqs, url, logger));
    };
    setEnvironment({ snapshotInterval: SNAPSHOT_INTERVAL });
    readSnapshotsAside(dynamodb);
    this.apps = [new ApplicationContainer([bank], dynamodb), new ApplicationContainer([bank], dynamodb)];
    this.yesterday = appOfYesterday(dynamodb);
    mutation.knownYesterday?.(this.yesterday.events);
    const [app] = this.apps;

    this.log = app.get<EventLog>(EventLog);
    this.handlers = [
      new AccountProjectionHandler(
        this.logOf(AccountProjectionHandler, mutation),
        app.get(AccountProjectionRepository),
      ),
      new BranchProjectionHandler(this.logOf(BranchProjectionHandler, mutation), app.get(BranchProjectionRepository)),
      new PortfolioHandler(this.logOf(PortfolioHandler, mutation), app.get(PortfolioRepository)),
    ];
    this.handlers.forEach((handler) => {
      mutation.handler?.(handler);
    });
    const aside = (name: string) => new UndeliveredQueue(sqs, cloud.attributes(name).Ref!, 'faults', logger);
    const quarantine = aside('QuarantineQueue');

    this.adaptor = new DynamoKinesisAdaptor(kinesis, cloud.attributes('EventSourceStream').Ref!, quarantine, logger);
    this.broker = new EventSourceBroker(this.queue, { quarantine, retries: aside('RetryQueue') });
    this.snapshotter = new Snapshotter((type) => repositoryInStrands(app, type), app.snapshotInterval, logger);
    const today = queueBroker(app, this.handlers, mutation);
    const yesterday = queueBroker(this.yesterday, handlersOfYesterday(this.yesterday), mutation);
    const project: Project = (event, deadline) =>
      (faults.strike('old code') ? yesterday : today).deliver(event, deadline);

    this.project = mutation.project?.(project) ?? project;
  }

  readonly adapt = (event: { Records: object[] }) => this.adaptor.deliver(event);

  readonly fanOut = (event: { Records: object[] }) => this.broker.deliver(event as KinesisStreamEvent);

  readonly retry = (event: SQSEvent) => this.broker.retry(event);

  readonly snapshot = (event: { Records: object[] }) => this.snapshotter.deliver(event as KinesisStreamEvent);

  /** Reads of the log in which a handler found what it had missed. */
  get healingReads(): number {
    return this.logs.reduce((sum, { healing }) => sum + healing, 0);
  }

  private logOf(handler: object, mutation: Mutation): EventLog {
    const counting = new GapReads(mutation.handlersLog?.(this.log) ?? this.log, eventsHandledBy(handler));

    this.logs.push(counting);
    return counting;
  }
}

function queueBroker(
  app: ApplicationContainer,
  handlers: readonly CheckpointedHandler[],
  { referencedLog = (log) => log }: Mutation,
): QueueBroker {
  const byType = new Map(
    handlers.map((handler) => [handler.constructor as EventHandlerType, handlingInStrands(handler)]),
  );
  const source = { types: [...byType.keys()], resolve: (type: EventHandlerType) => byType.get(type)! };

  return new QueueBroker(source, app.events, referencedLog(app.get<EventLog>(EventLog)), logger);
}

function repositoryInStrands(app: ApplicationContainer, aggregateType: string) {
  const repository = app.repositoryOf(aggregateType);

  return repository && snapshottingInStrands(repository);
}
