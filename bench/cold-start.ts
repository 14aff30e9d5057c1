import { statSync } from 'node:fs';

import { startTestCloud, type TestCloud } from '../test/support/test-cloud';
import { alternate, medianOf, ratio, type Side } from './support/alternate';
import type { Benchmark, Table } from './support/benchmark';
import { type Bundles, buildBundles } from './cold-start/bundles';
import { newEvent } from './cold-start/new-event';
import { type ColdStart, type Start, startInstance } from './cold-start/start-instance';

/** Instances of a side in each round. */
const INSTANCES = 3;
const BYTES_PER_KILOBYTE = 1_000;
const BARE_CLIENT = 'bare client';
const CONTROLLERS = ['CreateUserController', 'CreateRoleController'];

/** One function of each bundle, with the name of its handler. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...CONTROLLERS.map((name) => [name, 'postHandler'] as const),
  ['IamRoleQueueProcessor', 'handler'],
  ['DynamoKinesisAdaptor', 'handler'],
  ['EventBroker', 'handler'],
]);

/** What does a function's first event wait for, compared with the least that a function on DynamoDB can be? */
export const coldStart: Benchmark = async (tell) => {
  tell('build');
  const bundles = await buildBundles();
  const cloud = await startTestCloud();

  try {
    const load = await measure('load', cloud, bundles, tell);
    const firstAnswer = await measure('firstAnswer', cloud, bundles, tell);
    const sizes = sizesOf(bundles);

    return {
      question:
        'The production bundles: how large, how long to load in a new process, and to answer the first event then',
      tables: [{ columns: ['', 'KB'], rows: sizes }, timesOf(load, firstAnswer)],
      figures: [
        { name: 'largest controller, KB', value: Math.max(...controllersOf(sizes)), atMost: 400 },
        ...CONTROLLERS.map((name) => ({
          name: `load, ${name} / ${BARE_CLIENT}`,
          value: ratio(load, name, BARE_CLIENT),
          atMost: 1.5,
        })),
        ...CONTROLLERS.map((name) => ({
          name: `first answer, ${name} / ${BARE_CLIENT}`,
          value: ratio(firstAnswer, name, BARE_CLIENT),
        })),
      ],
    };
  } finally {
    await cloud.stop();
  }
};

/** Times one part of a start: of every bundle in turn, the bare client's first. */
function measure(
  part: 'load' | 'firstAnswer',
  cloud: TestCloud,
  bundles: Bundles,
  tell: (progress: string) => void,
): Promise<Side[]> {
  const environment = environmentOf(cloud);
  const bare = () => ({ bundle: bundles.bareClient, handler: 'handler', payload: '{}', environment });
  const starts = [...FUNCTIONS].map(([name, handler]): [string, () => Start] => [
    name,
    () => ({ bundle: bundles.functions.get(name) ?? '', handler, payload: newEvent(name), environment }),
  ]);

  return alternate(
    Object.fromEntries(
      [[BARE_CLIENT, bare] as const, ...starts].map(([name, start]) => [name, () => mean(start, part)]),
    ),
    (progress) => {
      tell(`${part}, ${progress}`);
    },
  );
}

async function mean(start: () => Start, part: keyof Pick<ColdStart, 'load' | 'firstAnswer'>): Promise<number> {
  let sum = 0;

  for (let instance = 0; instance < INSTANCES; instance++) {
    sum += (await startInstance(start()))[part];
  }
  return sum / INSTANCES;
}

/** Of all functions at once: what a function has of its own are the names of the queues. */
function environmentOf(cloud: TestCloud): Start['environment'] {
  const queues = [
    ['IamUserQueue', 'IamUserQueue'],
    ['IamRoleQueue', 'IamRoleQueue'],
    ['quarantineQueue', 'QuarantineQueue'],
    ['retryQueue', 'RetryQueue'],
  ].map(([variable = '', name = '']) => [variable, cloud.attributes(name).Ref] as const);

  return { ...process.env, ...Object.fromEntries(queues) };
}

function sizesOf({ functions, bareClient }: Bundles): [string, number][] {
  return [[BARE_CLIENT, bareClient] as const, ...functions].map(([name, file]) => [
    name,
    statSync(file).size / BYTES_PER_KILOBYTE,
  ]);
}

function controllersOf(sizes: readonly [string, number][]): number[] {
  return sizes.filter(([name]) => name.endsWith('Controller')).map(([, kilobytes]) => kilobytes);
}

function timesOf(load: readonly Side[], firstAnswer: readonly Side[]): Table {
  return {
    columns: ['', 'load ms', `/ ${BARE_CLIENT}`, 'first answer ms', `/ ${BARE_CLIENT}`],
    rows: [BARE_CLIENT, ...FUNCTIONS.keys()].map((name) => [
      name,
      medianOf(load, name),
      ratio(load, name, BARE_CLIENT),
      medianOf(firstAnswer, name),
      ratio(firstAnswer, name, BARE_CLIENT),
    ]),
  };
}
