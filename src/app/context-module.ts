import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ContainerModule, type ContainerModuleLoadOptions, type Newable } from 'inversify';

import type { Aggregate, AggregateClass } from '../event-store/aggregates/aggregate';
import { AggregateSources } from '../event-store/aggregates/aggregate.loader';
import { AggregateRepository } from '../event-store/aggregates/aggregate.repository';
import type { HandlerType } from '../event-store/commands/command-dispatcher';
import type { EventClass } from '../event-store/events/event';
import { DynamoMultiStreamProjectionRepository } from '../event-store/projections/dynamo-multi-stream-projection.repository';
import { DynamoProjectionRepository } from '../event-store/projections/dynamo-projection.repository';
import type { EventHandler } from '../event-store/projections/event-handler';
import type { Projection } from '../event-store/projections/projection';
import { environment } from '../shared-kernel/configuration/environment';

/** An aggregate, what its events are, and the symbol by which its repository is injected. */
interface AggregateParts {
  readonly type: AggregateClass<Aggregate>;
  readonly repository: symbol;
  readonly events: readonly EventClass[];
  /**
   * More of them, which are new: this release reads them, and writes one only where the parameter `releasedEvents` names it. So every
   * reader knows an event before it is first written, also after a rollback.
   */
  readonly announced?: readonly EventClass[];
}

/** A row for each aggregate, made by that aggregate's own events. */
interface ProjectionParts {
  readonly type: new () => Projection;
  readonly repository: symbol;
  /** The environment variable that names its table. */
  readonly table: string;
  readonly handler: Newable<EventHandler>;
}

/** Rows made by a handler that follows another aggregate type. */
interface MultiStreamProjectionParts {
  readonly repository: symbol;
  /** The environment variable that names their table. */
  readonly table: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Which of the two keys is the id of the aggregate that is followed. */
  readonly aggregateKey: string;
  readonly handler: Newable<EventHandler>;
}

/** All that a bounded context is made of. */
interface ContextParts {
  readonly aggregates: readonly AggregateParts[];
  readonly services: readonly Newable[];
  readonly commandHandlers: readonly HandlerType[];
  readonly projections: readonly ProjectionParts[];
  readonly multiStreamProjections: readonly MultiStreamProjectionParts[];
}

/**
 * A bounded context, for the container to load. What is bound is made when somebody first asks for it: a table's variable that is
 * missing is noticed by those who need the table, and by nobody else.
 */
export class ContextModule extends ContainerModule {
  constructor(readonly parts: ContextParts) {
    super((options) => {
      bindParts(parts, options);
    });
  }

  get events(): EventClass[] {
    return [...this.parts.aggregates.flatMap(({ events }) => [...events]), ...this.announcedEvents];
  }

  /** Those of the events that need a release. */
  get announcedEvents(): EventClass[] {
    return this.parts.aggregates.flatMap(({ announced = [] }) => [...announced]);
  }

  get eventHandlers(): Newable<EventHandler>[] {
    return [...this.parts.projections, ...this.parts.multiStreamProjections].map(({ handler }) => handler);
  }
}

function bindParts(parts: ContextParts, { bind }: ContainerModuleLoadOptions): void {
  const { aggregates, services, commandHandlers, projections, multiStreamProjections } = parts;
  const handlers = [...projections, ...multiStreamProjections].map(({ handler }) => handler);

  [...services, ...commandHandlers, ...handlers].forEach((type) => {
    bind(type).toSelf();
  });
  aggregates.forEach(({ type, repository }) => {
    bind(repository).toDynamicValue(
      (services) => new AggregateRepository(type, services.get<AggregateSources>(AggregateSources)),
    );
  });
  projections.forEach(({ type, repository, table }) => {
    bind(repository).toDynamicValue(
      (services) => new DynamoProjectionRepository(services.get(DynamoDBDocumentClient), environment(table), type),
    );
  });
  multiStreamProjections.forEach(({ repository, table, partitionKey, sortKey, aggregateKey }) => {
    bind(repository).toDynamicValue(
      (services) =>
        new DynamoMultiStreamProjectionRepository(services.get(DynamoDBDocumentClient), {
          name: environment(table),
          partitionKey,
          sortKey,
          aggregateKey,
          checkpoints: environment('checkpointsTable'),
        }),
    );
  });
}
