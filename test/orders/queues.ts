import type { PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import type { DeleteMessageBatchCommandInput, SendMessageBatchCommandInput } from '@aws-sdk/client-sqs';

import { decodeMessage } from '../../src/event-store/events/event-decoder';
import { put, replaceFirst } from './channels';
import type { Call } from './execution';
import { type EventName, nameOf } from './small-log';
import type { Channel, Item, Lanes, State } from './state';
import { numberOf, textOf } from './texts';

/** One message or record of a call that sends several. */
export interface Entry {
  readonly id: string;
  readonly lane: string;
  readonly item: Item;
  /** What SQS knows it again by. */
  readonly deduplicationId?: string;
}

export function isSending({ command }: Call): boolean {
  return command === 'PutRecordsCommand' || command === 'SendMessageBatchCommand';
}

/** Where a call sends to. */
export function targetOf({ command, input }: Call): Channel {
  return command === 'PutRecordsCommand' ? 'stream' : (input.QueueUrl as Channel);
}

export function entriesOf({ command, input }: Call): Entry[] {
  if (command === 'PutRecordsCommand') {
    const { Records = [] } = input as unknown as PutRecordsCommandInput;

    return Records.map(({ PartitionKey = '', Data }, index) => ({
      id: String(index),
      lane: PartitionKey,
      item: toItem(Buffer.from(Data!).toString()),
    }));
  }
  const { Entries = [] } = input as unknown as SendMessageBatchCommandInput;

  return Entries.map(({ Id = '', MessageGroupId = '', MessageBody = '', MessageDeduplicationId = '' }) => ({
    id: Id,
    lane: MessageGroupId,
    item: toItem(MessageBody),
    deduplicationId: `${targetOf({ command, input, index: 0 })} ${MessageDeduplicationId}`,
  }));
}

function toItem(body: string): Item {
  return { event: eventIn(body), body: numberOf(body), receives: 0 };
}

function eventIn(body: string): EventName {
  return nameOf(decodeMessage(body).reference);
}

/** Entries come to where they are sent; a queue swallows what it has had, unless five minutes are over. */
export function accept(state: State, target: Channel, entries: readonly Entry[], afterFiveMinutes = false): State {
  let lanes = state.channels[target];
  const seen = new Set(state.seen);

  for (const { lane, item, deduplicationId } of entries) {
    if (deduplicationId === undefined || afterFiveMinutes || !seen.has(deduplicationId)) {
      lanes = put(lanes, lane, item);
    }
    if (deduplicationId !== undefined) {
      seen.add(deduplicationId);
    }
  }
  return { ...withLanes(state, target, lanes), seen: [...seen].sort() };
}

export function isSwallowed(state: State, { deduplicationId }: Entry): boolean {
  return deduplicationId !== undefined && state.seen.includes(deduplicationId);
}

/** All that an operator sees in a queue that nobody consumes. */
export function receive(state: State, queue: Channel) {
  return {
    Messages: identified(state.channels[queue]).map(({ id, item }) => ({
      MessageId: id,
      ReceiptHandle: id,
      Body: textOf(item.body),
      Attributes: { SentTimestamp: '0' },
    })),
  };
}

export function deleteMessages(state: State, { input }: Call): State {
  const { QueueUrl, Entries = [] } = input as unknown as DeleteMessageBatchCommandInput;
  const handles = new Set(Entries.map(({ ReceiptHandle }) => ReceiptHandle));
  const lanes = state.channels[QueueUrl as Channel];
  const kept = identified(lanes).filter(({ id }) => !handles.has(id));
  const left = Object.keys(lanes).reduce(
    (all, lane) =>
      replaceFirst(
        all,
        lane,
        Infinity,
        kept.filter((letter) => letter.lane === lane).map(({ item }) => item),
      ),
    lanes,
  );

  return withLanes(state, QueueUrl as Channel, left);
}

export function withLanes(state: State, channel: Channel, lanes: Lanes): State {
  return { ...state, channels: { ...state.channels, [channel]: lanes } };
}

/** A message's id: its event, and how many of that are before it. */
function identified(lanes: Lanes): { readonly id: string; readonly lane: string; readonly item: Item }[] {
  const counts = new Map<EventName, number>();

  return Object.keys(lanes)
    .sort()
    .flatMap((lane) =>
      lanes[lane]!.map((item) => {
        const count = (counts.get(item.event) ?? 0) + 1;

        counts.set(item.event, count);
        return { id: `${item.event} ${count}`, lane, item };
      }),
    );
}
