// inversify keeps what its decorators say in the metadata that this polyfill adds: import it before any decorated class.
import 'reflect-metadata/lite';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Command } from '@node-ts/bus-messages';
import { Container, type Newable } from 'inversify';

import type { Aggregate } from '../event-store/aggregates/aggregate';
import { AggregateSources } from '../event-store/aggregates/aggregate.loader';
import type { AggregateRepository } from '../event-store/aggregates/aggregate.repository';
import type { CommandContext, CommandResult } from '../event-store/commands/command-context';
import { CommandDispatcher } from '../event-store/commands/command-dispatcher';
import { IdempotencyRecords } from '../event-store/commands/idempotency-records';
import { documentClient } from '../event-store/dynamo/document-client';
import { DynamoEventLog } from '../event-store/event-log/dynamo-event-log';
import { EventLog } from '../event-store/event-log/event-log';
import { EventRegistry } from '../event-store/events/event-registry';
import type { EventHandler } from '../event-store/projections/event-handler';
import { DynamoSnapshotStore } from '../event-store/snapshots/dynamo-snapshot-store';
import { environment } from '../shared-kernel/configuration/environment';
import type { ContextModule } from './context-module';
import { logger } from './logging/logger';

/** The engine on DynamoDB, and the contexts that a Lambda needs. One for each Lambda instance. */
export class ApplicationContainer {
  readonly logger = logger;
  /** Events between two snapshots of an aggregate. */
  readonly snapshotInterval = Number(environment('snapshotInterval'));
  /** The events of these contexts. */
  readonly events: EventRegistry;
  private readonly container = new Container({ defaultScope: 'Singleton' });
  private readonly commands: CommandDispatcher;

  /**
   * @param contexts those of the aggregates that are changed, consulted or followed
   * @param client how DynamoDB is reached; the environment tells region, endpoint and credentials
   */
  constructor(
    private readonly contexts: readonly ContextModule[],
    client: DynamoDBClient = new DynamoDBClient({}),
  ) {
    this.events = new EventRegistry(contexts.flatMap(({ events }) => events));
    this.commands = new CommandDispatcher(
      contexts.flatMap(({ parts }) => [...parts.commandHandlers]),
      (type) => this.container.get(type),
    );
    this.bindEngine(documentClient(client));
    this.container.loadSync(...contexts);
  }

  get records(): IdempotencyRecords {
    return this.container.get(IdempotencyRecords);
  }

  /** Hands a command to its handler. */
  dispatch(command: Command, context: CommandContext): Promise<CommandResult> {
    return this.commands.dispatch(command, context);
  }

  /** What is bound to a class or a symbol. */
  get<T>(identifier: Newable<T> | symbol): T {
    return this.container.get<T>(identifier);
  }

  get eventHandlers(): EventHandler[] {
    return this.contexts.flatMap(({ eventHandlers }) => eventHandlers).map((type) => this.container.get(type));
  }

  get repositories(): AggregateRepository<Aggregate>[] {
    return this.contexts
      .flatMap(({ repositories }) => repositories)
      .map((symbol) => this.container.get<AggregateRepository<Aggregate>>(symbol));
  }

  private bindEngine(client: DynamoDBDocumentClient): void {
    const { container, snapshotInterval } = this;
    const records = environment('idempotencyTable');
    const log = new DynamoEventLog(client, {
      events: environment('eventLogTable'),
      claims: environment('setValidationsTable'),
      records,
    });
    const snapshots = new DynamoSnapshotStore(client, environment('snapshotsTable'), this.logger);

    container.bind(DynamoDBDocumentClient).toConstantValue(client);
    container.bind(EventLog).toConstantValue(log);
    container.bind(IdempotencyRecords).toConstantValue(new IdempotencyRecords(client, records));
    container.bind(AggregateSources).toConstantValue({ log, snapshots, snapshotInterval });
  }
}
