import { alternate, medianOf, type Side } from '../support/alternate';
import type { Figure, Table } from '../support/benchmark';
import { ApplicationContainer } from '../../src/app/application-container';
import { CONTEXTS } from '../../src/contexts';
import { type EventHandlerType, QueueBroker } from '../../src/event-store/delivery/queue-broker';
import { EventLog } from '../../src/event-store/event-log/event-log';
import type { Event } from '../../src/event-store/events/event';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { Cpu } from './cpu';
import { dynamodbAlone } from './dynamodb-alone';
import type { Engine } from './engine';
import { kinesisAlone } from './kinesis-alone';
import type { Projected } from './projected';
import type { RunningCloud } from './running-cloud';
import { sqsAlone } from './sqs-alone';
import { EVENTS_OF_A_USER, SampleLife } from './sample-life';
import { writeEvents } from './write-events';

const USERS = 250;
const EVENTS = USERS * EVENTS_OF_A_USER;
const PIPELINE = 'from the log to the rows';

/** Events written straight into the log, until all rows show them; beside it, each engine with its part of the work alone. */
export async function measureLogToProjection(
  cloud: RunningCloud,
  projected: Projected,
  tell: (progress: string) => void,
): Promise<{ tables: Table[]; figure: Figure }> {
  const cpu = new Cpu(cloud.state.pid);
  const life = await SampleLife.record(cloud);
  const engines = await openEngines(cloud);

  await projected.reaches(life.id, EVENTS_OF_A_USER);
  const alone = Object.entries(engines).map(
    ([name, engine]) => [name, () => timed(life, (events) => engine.take(events))] as const,
  );
  const sides = await alternate(
    {
      [PIPELINE]: () => cpu.during(() => timed(life, (events) => project(events, cloud, projected))),
      ...Object.fromEntries(alone),
    },
    (progress) => {
      tell(`log to projection, ${progress}`);
    },
  );
  const slowest = Math.max(...Object.keys(engines).map((name) => medianOf(sides, name)));

  return {
    tables: [toTable(sides), cpu.table()],
    figure: {
      name: 'events/s from the log to the rows / events/s of the slowest engine alone',
      value: slowest / medianOf(sides, PIPELINE),
      atLeast: 0.35,
    },
  };
}

async function openEngines(cloud: RunningCloud): Promise<Record<string, Engine>> {
  const broker = openBroker(cloud);

  return {
    'DynamoDB alone: log, stream, rows': await dynamodbAlone(cloud, (event) => broker.deliver(event)),
    'Kinesis alone: put by 100, read by 100 and by 1,000': await kinesisAlone(cloud),
    'SQS alone: send, receive and delete by 10': await sqsAlone(cloud),
  };
}

/** What the queues' processors do, in this process: each has the environment that another has. */
function openBroker({ clients, state }: RunningCloud): QueueBroker {
  const before = { ...process.env };
  const processor = Object.keys(state.functions).find((name) => name.endsWith('QueueProcessor')) ?? '';

  Object.assign(process.env, state.functions[processor]?.environment);
  const app = new ApplicationContainer(CONTEXTS, clients.dynamodb);

  // A handler reads the environment as it is made.
  const handlers = new Map<EventHandlerType, EventHandler>(app.eventHandlerTypes.map((type) => [type, app.get(type)]));

  process.env = before;
  const resolve = (type: EventHandlerType) => handlers.get(type) ?? app.get(type);

  return new QueueBroker({ types: [...handlers.keys()], resolve }, app.events, app.get(EventLog), app.logger);
}

async function project(events: readonly Event[], cloud: RunningCloud, projected: Projected): Promise<void> {
  await writeEvents(cloud.documents, cloud.table('EventLog'), events);
  const ids = new Set(events.map(({ id }) => id));

  await Promise.all([...ids].map((id) => projected.reaches(id, EVENTS_OF_A_USER)));
}

async function timed(life: SampleLife, work: (events: readonly Event[]) => Promise<void>): Promise<number> {
  const events = life.ofOthers(USERS);
  const start = performance.now();

  await work(events);
  return performance.now() - start;
}

function toTable(sides: readonly Side[]): Table {
  return {
    columns: [`${EVENTS} events of ${USERS} users`, 'median ms', 'least', 'most', 'events/s'],
    rows: sides.map(({ name, milliseconds }) => [
      name,
      medianOf(sides, name),
      Math.min(...milliseconds),
      Math.max(...milliseconds),
      (1000 * EVENTS) / medianOf(sides, name),
    ]),
  };
}
