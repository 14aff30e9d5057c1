import { alterInput } from '../faults/alter-requests';
import { EventRoute } from '../../ops/queues/event-route';
import { EventQueue } from '../../src/event-store/delivery/event-queue';
import { EventSourceBroker } from '../../src/event-store/delivery/event-source-broker';
import { QueueBroker } from '../../src/event-store/delivery/queue-broker';
import type { Sending } from '../../src/event-store/delivery/send-in-order';
import { UndeliveredQueue } from '../../src/event-store/delivery/undelivered-queue';
import { EventRegistry } from '../../src/event-store/events/event-registry';
import type { Mutation } from './mutation';

// Each takes one guard out of the code under search.

type Method = (this: never, ...args: never[]) => unknown;
type Clients = Parameters<NonNullable<Mutation['clients']>>[0];
interface Row {
  readonly id: string;
}
type Read = (id: string) => Promise<Row | undefined>;
type Save = (row: Row, checkpoint: number) => Promise<void>;
type Refused<T> = Parameters<Sending<T>['setAside']>[0];

const sending = jest.requireActual<typeof import('../../src/event-store/delivery/send-in-order')>(
  '../../src/event-store/delivery/send-in-order',
);
const answering = jest.requireActual<typeof import('../../src/event-store/delivery/first-failure')>(
  '../../src/event-store/delivery/first-failure',
);

/** Puts another function in the place of one, made from it; answers how to undo that. */
function replacing(owner: object, name: string, replacement: (original: Method) => Method): () => void {
  const original = Reflect.get(owner, name) as Method | undefined;

  if (!original) {
    throw new TypeError(`Expected a method ${name} to replace, and found none.`);
  }
  Reflect.set(owner, name, replacement(original));
  return () => {
    Reflect.set(owner, name, original);
  };
}

function sendingOtherwise(alter: typeof sending.sendInOrder): Mutation['code'] {
  return () => {
    const { sendInOrder } = sending;

    Object.assign(sending, { sendInOrder: alter });
    return () => Object.assign(sending, { sendInOrder });
  };
}

const { sendInOrder } = sending;

/** A call may hold several events of one account. */
export const allAtOnce = sendingOtherwise((entries, options) =>
  sendInOrder(entries, { ...options, groupOf: (entry) => entry as never }),
);

/** What is refused and not set aside is not sent, and nobody waits for it. */
export const holdingBackNobody = sendingOtherwise(async <T>(entries: readonly T[], options: Sending<T>) => {
  const unsent = new Set<T>();
  const setAside = async (refused: Refused<T>) => {
    const aside = await options.setAside(refused);

    refused.forEach(({ entry }) => aside.has(entry) || unsent.add(entry));
    return new Set(refused.map(({ entry }) => entry));
  };

  return new Set([...(await sendInOrder(entries, { ...options, setAside })), ...unsent]);
});

/** A stream’s consumer names the last failure of a batch. */
export const namingTheLastFailure = (): (() => void) => {
  const { firstFailure } = answering;

  Object.assign(answering, {
    firstFailure: ((entries, failed) => firstFailure(entries.toReversed(), failed)) satisfies typeof firstFailure,
  });
  return () => Object.assign(answering, { firstFailure });
};

/** Nothing is ever set aside. */
export const withoutQuarantine = () =>
  replacing(UndeliveredQueue.prototype, 'put', () => () => Promise.resolve(new Set()));

/** The broker sets aside only what it can never deliver. */
export const withoutRetries = () =>
  replacing(
    EventSourceBroker.prototype,
    'setAside',
    () =>
      function (this: { quarantine: (refused: unknown) => unknown }, refused: unknown) {
        return this.quarantine(refused);
      },
  );

/** What is to be set aside counts as there, whether the queue took it or not. */
export const trustingQuarantine = () =>
  replacing(
    UndeliveredQueue.prototype,
    'put',
    (put) =>
      async function (this: never, refused: readonly { readonly entry: unknown }[]) {
        await put.call(this, refused as never);
        return new Set(refused.map(({ entry }) => entry));
      },
  );

/** A replay or a redrive sends events as the broker has sent them. */
export const replayingWithoutRun = () =>
  replacing(
    EventQueue.prototype,
    'send',
    (send) =>
      function (this: never, messages: never, options: object) {
        return send.call(this, messages, { ...options, run: undefined } as never);
      },
  );

/** A message that fails holds back none of its group. */
export const eachMessageAlone = () =>
  replacing(
    QueueBroker.prototype,
    'deliverGroup',
    (deliverGroup) =>
      async function (this: never, messages: readonly unknown[], time: never) {
        const failures: unknown[] = [];

        for (const message of messages) {
          failures.push(...((await deliverGroup.call(this, [message] as never, time)) as unknown[]));
        }
        return failures;
      },
  );

/** A message counts as handled when a handler has failed. */
export const swallowingFailures = () =>
  replacing(
    QueueBroker.prototype,
    'isHandledByAll',
    (isHandledByAll) =>
      async function (this: never, ...args: never[]) {
        await isHandledByAll.apply(this, args);
        return true;
      },
  );

/** Code takes events that it does not know for its own. */
export const knowingEverything = () => replacing(EventRegistry.prototype, 'ensureKnown', () => () => undefined);

/** A redrive deletes letters that the queue did not take. */
export const deletingUnsent = () =>
  replacing(
    EventRoute.prototype,
    'send',
    (send) =>
      async function (this: never, ...args: never[]) {
        await send.apply(this, args);
        return new Set();
      },
  );

/** A checkpoint is removed wherever it stands. */
export function removingAnyCheckpoint({ dynamodb }: Clients): void {
  alterInput(dynamodb, 'TransactWriteItemsCommand', (input) => ({
    ...input,
    TransactItems: (input as { TransactItems: { Delete?: { TableName: string; Key: object } }[] }).TransactItems.map(
      (item) => (item.Delete ? { Delete: { TableName: item.Delete.TableName, Key: item.Delete.Key } } : item),
    ),
  }));
}

/** A handler keeps its rows in mind while its instance is warm. */
export function rememberingRows({ rows }: { rows?: { get?: Read; save?: Save; known?: Map<string, Row> } }): void {
  const { get, save } = rows ?? {};

  if (rows && get && save) {
    const known = new Map<string, Row>();

    rows.known = known;
    rows.get = async (id) => known.get(id) ?? get.call(rows, id);
    rows.save = async (row, checkpoint) => {
      known.set(row.id, row);
      await save.call(rows, row, checkpoint);
    };
  }
}
