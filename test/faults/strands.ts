import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import type { Aggregate } from '../../src/event-store/aggregates/aggregate';
import type { AggregateRepository } from '../../src/event-store/aggregates/aggregate.repository';
import type { EventMessage } from '../../src/event-store/delivery/event-message';
import type { EventQueue, QueueSending } from '../../src/event-store/delivery/event-queue';
import type { Event, Uuid } from '../../src/event-store/events/event';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { Invocation } from './invocation';

/** The handler; what it does with events of different aggregates, and beside other handlers, goes on in parallel. */
export function handlingInStrands<THandler extends EventHandler>(handler: THandler): THandler {
  const handle = (event: Event, deadline?: number) =>
    Invocation.strand(`${handler.constructor.name} ${event.id}`, () => handler.handle(event, deadline));

  return Object.create(handler, { handle: { value: handle } }) as THandler;
}

/** The queue; what goes to different queues goes there in parallel. */
export function sendingInStrand(name: string, queue: EventQueue): EventQueue {
  const send = (messages: readonly EventMessage[], sending?: QueueSending<EventMessage>) =>
    Invocation.strand(name, () => queue.send(messages, sending));

  return Object.create(queue, { send: { value: send } }) as EventQueue;
}

/** The repository; its snapshots are made in parallel. */
export function snapshottingInStrands(repository: AggregateRepository<Aggregate>): AggregateRepository<Aggregate> {
  const snapshot = (id: Uuid) => Invocation.strand(`snapshot ${id}`, () => repository.snapshot(id));

  return Object.create(repository, { snapshot: { value: snapshot } }) as AggregateRepository<Aggregate>;
}

/** A snapshot is read while the log is: the invocation ends at a read of the log. */
export function readSnapshotsAside(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const { TableName } = args.input as { readonly TableName?: string };
        const isAside = commandName === 'GetItemCommand' && TableName === process.env.snapshotsTable;

        return isAside ? Invocation.aside(() => next(args)) : next(args);
      },
    { step: 'initialize', name: 'snapshots' },
  );
}
