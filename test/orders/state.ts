import type { Event } from '../../src/event-store/events/event';
import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { ActorName } from './actors';
import { ACCOUNTS, type EventName, LOG, nameOf } from './small-log';
import { numberOf, textOf, type TextNumber } from './texts';

/** What waits between two functions. */
export const CHANNELS = ['log', 'stream', 'retries', 'queue', 'deadLetters', 'quarantine'] as const;
export type Channel = (typeof CHANNELS)[number];

/** An event on its way. */
export interface Item {
  readonly event: EventName;
  readonly body: TextNumber;
  /** How often a consumer has taken it. */
  readonly receives: number;
}

/** What waits in order, by what is ordered: partition key or group. Different lanes are independent. */
export type Lanes = Readonly<Record<string, readonly Item[]>>;

/** An invocation that waits for the answers to its calls. */
export interface Running {
  /** Which node of the tree of all executions. */
  readonly node: number;
  readonly actor: ActorName;
  /** What it has taken of its channel: how many of each lane. */
  readonly taken: Readonly<Record<string, number>>;
  /** It is not known any more to whoever invoked it: what it took is out again, and its answer counts for nothing. */
  readonly late: boolean;
  /** Something went wrong in it that was not its own doing. */
  readonly disturbed: boolean;
}

/** All that the rest of an execution depends on, as plain data. */
export interface State {
  readonly channels: Readonly<Record<Channel, Lanes>>;
  /** Deduplication ids that a queue has had within the last five minutes. */
  readonly seen: readonly string[];
  /** Rows by table and key. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, TextNumber>>>>;
  readonly running: readonly Running[];
  /** What instances remember that are warm and idle, other than nothing. */
  readonly warm: readonly { readonly actor: ActorName; readonly memory: number }[];
  /** An event that its queue does not take, for what is in it, until somebody mends it. */
  readonly refused: EventName | undefined;
  /** The broker may not send to the queue, until somebody mends it. */
  readonly denied: boolean;
  /** The stream of the log has lost something: a replay is due. */
  readonly lost: boolean;
  /** An operator has begun to rebuild and not come to the end: a replay is due. */
  readonly cleared: boolean;
  /** Something happened after which no transport can keep an account's events in order. */
  readonly disordered: boolean;
  /** How many faults may still happen. */
  readonly faults: number;
  /** How often an operator may still step in while the system is at work. */
  readonly interventions: number;
  /** How many runs operators have made. */
  readonly runs: number;
}

export const NOTHING: Lanes = {};

/** All events are in the log, and nobody has seen any of them. */
export function initialState({ faults, interventions }: Pick<State, 'faults' | 'interventions'>): State {
  return {
    channels: { log: { log: LOG.map(toItem) }, stream: {}, retries: {}, queue: {}, deadLetters: {}, quarantine: {} },
    seen: [],
    tables: {},
    running: [],
    warm: [],
    refused: undefined,
    denied: false,
    lost: false,
    cleared: false,
    disordered: false,
    faults,
    interventions,
    runs: 0,
  };
}

function toItem(event: Event): Item {
  return { event: nameOf(event), body: numberOf(JSON.stringify(event)), receives: 0 };
}

/** The same text for states from which the same can follow. */
export function fingerprint(state: State): string {
  const {
    channels,
    tables,
    running,
    warm,
    seen,
    refused,
    denied,
    lost,
    cleared,
    disordered,
    faults,
    interventions,
    runs,
  } = state;

  return [
    ...CHANNELS.map((channel) => sorted(channels[channel], lane)),
    ...Object.keys(tables)
      .sort()
      .map((table) => table + sorted(tables[table]!, String)),
    running
      .map(({ node, taken, late, disturbed }) => [node, sorted(taken, String), +late, +disturbed].join(' '))
      .sort()
      .join('|'),
    warm.map(({ memory }) => memory).join(),
    seen.join(),
    [refused, +denied, +lost, +cleared, +disordered, faults, interventions, runs].join(),
  ].join('\n');
}

function lane(items: readonly Item[]): string {
  return items.map(({ body, receives }) => `${body}.${receives}`).join();
}

function sorted<T>(record: Readonly<Record<string, T>>, show: (value: T) => string): string {
  const keys = Object.keys(record);

  return (keys.length > 1 ? keys.sort() : keys).map((key) => `${key}:${show(record[key]!)}`).join(';');
}

export function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(record).length === 0;
}

/** The accounts that something is about. */
export function accountsIn(items: readonly EventName[]): string[] {
  return ACCOUNTS.filter((id) => items.some((event) => event.startsWith(id)));
}

const accounts = new Map<number, string>();

/** The account that a message is about. */
export function accountIn(body: TextNumber): string {
  const known = accounts.get(body) ?? decodeMessage(textOf(body)).reference.id;

  accounts.set(body, known);
  return known;
}
