import type { KinesisStreamEvent, SQSEvent } from 'aws-lambda';

import { ApplicationContainer } from '../../src/app/application-container';
import { logger } from '../../src/app/logging/logger';
import { DynamoKinesisAdaptor } from '../../src/event-store/delivery/dynamo-kinesis-adaptor';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { EventLog } from '../../src/event-store/event-log/event-log';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
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
import type { Mutation } from './mutation';

/** The functions of the template, each made as its Lambda entry file makes it. */
export class Functions {
  readonly app: ApplicationContainer;
  /** Which handlers there are, by their classes. */
  readonly handlers: readonly EventHandler[];
  private readonly logs: GapReads[] = [];
  private readonly adaptor: DynamoKinesisAdaptor;
  private readonly broker: EventSourceBroker;
  private readonly queueBroker: QueueBroker;

  constructor(cloud: TestCloud, { dynamodb, kinesis, sqs }: FunctionClients, mutation: Mutation) {
    const queue = (name: string) => new EventQueue(sqs, cloud.attributes(name).Ref!, logger);

    this.app = new ApplicationContainer(dynamodb);
    this.handlers = [
      new UserProjectionHandler(this.log(UserProjectionHandler, mutation), this.app.get(UserProjections)),
      new RoleProjectionHandler(this.log(RoleProjectionHandler, mutation), this.app.get(RoleProjections)),
      new MembershipHandler(this.log(MembershipHandler, mutation), this.app.get(Memberships)),
    ];
    this.adaptor = new DynamoKinesisAdaptor(kinesis, cloud.attributes('EventSourceStream').Ref!, logger);
    this.broker = new EventSourceBroker(queue);
    this.queueBroker = new QueueBroker(this.handlers, logger);
  }

  readonly adapt = (event: { Records: object[] }) => this.adaptor.deliver(event);

  readonly fanOut = (event: { Records: object[] }) => this.broker.deliver(event as KinesisStreamEvent);

  readonly project = (event: SQSEvent) => this.queueBroker.deliver(event);

  /** Reads of the log in which a handler found what it had missed. */
  get healingReads(): number {
    return this.logs.reduce((sum, { healing }) => sum + healing, 0);
  }

  private log(handler: object, mutation: Mutation): EventLog {
    const log = this.app.get<EventLog>(EventLog);
    const counting = new GapReads(mutation.handlersLog?.(log) ?? log, eventsHandledBy(handler));

    this.logs.push(counting);
    return counting;
  }
}
