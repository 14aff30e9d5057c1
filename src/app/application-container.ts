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
import type { HandlerSource } from '../event-store/delivery/queue-broker';
import type { EventHandler } from '../event-store/projections/event-handler';
import { DynamoSnapshotStore } from '../event-store/snapshots/dynamo-snapshot-store';
import { CALL_LIMITS } from './aws/call-limits';
import { environment, listInEnvironment } from '../shared-kernel/configuration/environment';
import type { ContextModule } from './context-module';
import { logger } from './logging/logger';

/**
 * The engine on DynamoDB, and the contexts that a Lambda needs. One for each Lambda instance. What contexts bring is made when
 * somebody asks for it: a mistake in one stops only those who need what it is in.
 */
export class ApplicationContainer {
  readonly logger = logger;
  /** Events between two snapshots of an aggregate. */
  readonly snapshotInterval = Number(environment('snapshotInterval'));
  private readonly container = new Container({ defaultScope: 'Singleton' });
  private dispatcher: CommandDispatcher | undefined;

  /**
   * @param contexts those of the aggregates that are changed, consulted or followed
   * @param client how DynamoDB is reached; the environment tells region, endpoint and credentials
   */
  constructor(
    private readonly contexts: readonly ContextModule[],
    client: DynamoDBClient = new DynamoDBClient(CALL_LIMITS),
  ) {
    this.bindEngine(documentClient(client));
    this.container.loadSync(...contexts);
  }

  get records(): IdempotencyRecords {
    return this.container.get(IdempotencyRecords);
  }

  /** The events of these contexts. */
  get events(): EventRegistry {
    return this.container.get(EventRegistry);
  }

  /** Hands a command to its handler. */
  async dispatch(command: Command, context: CommandContext): Promise<CommandResult> {
    this.dispatcher ??= new CommandDispatcher(
      this.contexts.flatMap(({ parts }) => [...parts.commandHandlers]),
      (type) => this.container.get(type),
    );
    return this.dispatcher.dispatch(command, context);
  }

  /** What is bound to a class or a symbol. */
  get<T>(identifier: (new (...args: never[]) => T) | symbol): T {
    return this.container.get<T>(identifier);
  }

  /** Classes of which `get` makes an event handler. */
  get eventHandlerTypes(): Newable<EventHandler>[] {
    return this.contexts.flatMap(({ eventHandlers }) => eventHandlers);
  }

  /** The same, for who makes those that an event is for. */
  get handlers(): HandlerSource {
    return { types: this.eventHandlerTypes, resolve: (type) => this.get(type) };
  }

  /** All of them, made: for those who look at all projections. */
  get eventHandlers(): EventHandler[] {
    return this.eventHandlerTypes.map((type) => this.get(type));
  }

  /** The repository of an aggregate type, `org/bank/account`; `undefined` where no context has it. */
  repositoryOf(aggregateType: string): AggregateRepository<Aggregate> | undefined {
    const aggregates = this.contexts.flatMap(({ parts }) => parts.aggregates);
    const found = aggregates.find(({ type }) => type.aggregateType === aggregateType);

    return found && this.container.get<AggregateRepository<Aggregate>>(found.repository);
  }

  private get unreleasedEvents(): ReadonlySet<string> {
    const released = listInEnvironment('releasedEvents');
    const announced = this.contexts.flatMap(({ announcedEvents }) => announcedEvents).map(({ $name }) => $name);

    return new Set(announced.filter((name) => !released.includes(name)));
  }

  private bindEngine(client: DynamoDBDocumentClient): void {
    const { container, snapshotInterval } = this;
    const records = environment('idempotencyTable');
    const tables = { events: environment('eventLogTable'), claims: environment('setValidationsTable'), records };
    const snapshots = new DynamoSnapshotStore(client, environment('snapshotsTable'), this.logger);

    container.bind(DynamoDBDocumentClient).toConstantValue(client);
    container.bind(EventRegistry).toDynamicValue(
      () =>
        new EventRegistry(
          this.contexts.flatMap(({ events }) => events),
          this.unreleasedEvents,
        ),
    );
    container.bind(EventLog).toDynamicValue(() => new DynamoEventLog(client, tables, this.events));
    container.bind(IdempotencyRecords).toConstantValue(new IdempotencyRecords(client, records));
    container
      .bind(AggregateSources)
      .toDynamicValue((services) => ({ log: services.get<EventLog>(EventLog), snapshots, snapshotInterval }));
  }
}
