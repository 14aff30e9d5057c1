import { Event as BusEvent } from '@node-ts/bus-messages';

export type Uuid = string;

/** What an aggregate was when the event was recorded, its own or another: for projections across aggregates. */
export interface EnrichmentData {
  /** Name of the aggregate's class, `Account`. */
  readonly aggregateName: string;
  readonly data: { readonly id: Uuid } & Readonly<Record<string, unknown>>;
}

/**
 * A fact about one aggregate. Its name and properties are a public contract: events written years ago are read as they are.
 */
export abstract class Event extends BusEvent {
  /** Own properties that tell something about a person. */
  static readonly personalData: readonly string[] = [];
  /** Version of the payload that this class stands for: raised with every change of its own properties. */
  static readonly schemaVersion: number = 1;

  /** Aggregate type, slash, what happened: `org/bank/account/opened`. It is a literal, which no minifier changes. */
  abstract override readonly $name: string;

  /** The aggregate's version that this event makes: from 1, without gaps. */
  override $version = 0;

  /** Version of this event's payload; absent: 1. */
  schemaVersion?: number;
  /** UUID, made once when the event is recorded; absent in logs from before it was introduced. */
  eventId?: Uuid;
  /** When it was recorded, ISO 8601 in UTC. */
  timestamp = '';
  /** Shared by all that one request brought about. */
  correlationId?: string;
  /** The command that caused it. */
  causationId?: string;
  enrichmentData: EnrichmentData[] = [];
  /** What is known beside the fact: `actor`, who gave the command, where the API is not open. */
  metadata?: Record<string, unknown>;

  /** @param id the aggregate's id */
  constructor(readonly id: Uuid) {
    super();
    if (new.target.schemaVersion > 1) {
      this.schemaVersion = new.target.schemaVersion;
    }
  }
}

/** A class of events: what is registered of them is known without an instance. */
export interface EventClass<TEvent extends Event = Event> {
  readonly $name: string;
  readonly personalData: readonly string[];
  readonly schemaVersion: number;
  new (...args: never[]): TEvent;
}

/** What an enricher said of an aggregate; `undefined` where it said nothing. */
export function enrichmentOf(event: Event, aggregateName: string): EnrichmentData['data'] | undefined {
  return event.enrichmentData.find((enrichment) => enrichment.aggregateName === aggregateName)?.data;
}
