import type { KinesisStreamEvent } from 'aws-lambda';

import { ApplicationContainer } from '../../src/app/application-container';
import { logger } from '../../src/app/logging/logger';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { EventLog } from '../../src/event-store/event-log/event-log';
import type { FollowingHandler } from '../../src/event-store/projections/following-handler';
import { eventsHandledBy } from '../../src/event-store/projections/handles-event.decorator';
import { MembershipHandler } from '../../src/iam/role/services/membership.handler';
import { Memberships } from '../../src/iam/role/services/memberships';
import { RoleProjectionHandler } from '../../src/iam/role/services/role-projection.handler';
import { RoleProjections } from '../../src/iam/role/services/role-projections';
import { UserProjectionHandler } from '../../src/iam/user/services/user-projection.handler';
import { UserProjections } from '../../src/iam/user/services/user-projections';
import type { TestCloud } from '../support/test-cloud';
import type { FunctionClients } from './clients';
import { GapReads } from './gap-reads';
import type { Mutation, Project } from './mutation';
import { handlingInStrands, sendingInStrand } from './strands';

/** The functions of the template, each made as its Lambda entry file makes it. */
export class Functions {
  readonly app: ApplicationContainer;
  readonly log: EventLog;
  readonly queue: (name: string) => EventQueue;
  /** Which handlers there are, by their classes: first the users' own. */
  readonly handlers: readonly FollowingHandler[];
  readonly project: Project;
  private readonly logs: GapReads[] = [];
  private readonly adaptor: DynamoKinesisAdaptor;
  private readonly broker: EventSourceBroker;

  constructor(cloud: TestCloud, { dynamodb, kinesis, sqs }: FunctionClients, mutation: Mutation) {
    this.queue = (name) => sendingInStrand(name, new EventQueue(sqs, cloud.attributes(name).Ref!, logger));
    this.app = new ApplicationContainer(dynamodb);
    this.log = this.app.get<EventLog>(EventLog);
    this.handlers = [
      new UserProjectionHandler(this.logOf(UserProjectionHandler, mutation), this.app.get(UserProjections)),
      new RoleProjectionHandler(this.logOf(RoleProjectionHandler, mutation), this.app.get(RoleProjections)),
      new MembershipHandler(this.logOf(MembershipHandler, mutation), this.app.get(Memberships)),
    ];
    this.handlers.forEach((handler) => {
      mutation.handler?.(handler);
    });
    this.adaptor = new DynamoKinesisAdaptor(kinesis, cloud.attributes('EventSourceStream').Ref!, logger);
    this.broker = new EventSourceBroker(this.queue);
    const queueBroker = new QueueBroker(this.handlers.map(handlingInStrands), logger);
    const project: Project = (event) => queueBroker.deliver(event);

    this.project = mutation.project?.(project) ?? project;
  }

  readonly adapt = (event: { Records: object[] }) => this.adaptor.deliver(event);

  readonly fanOut = (event: { Records: object[] }) => this.broker.deliver(event as KinesisStreamEvent);

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
