import type { Event } from '../events/event';
import { decodeMessage } from '../events/event-decoder';
import { type EventReference, referenceTo } from '../events/event-reference';
import type { Refusal } from './refusal';

/** An event on its way. */
export interface EventMessage {
  readonly reference: EventReference;
  /** What `decodeMessage` reads. */
  readonly body: string;
  /** Why there is no event in it; then the reference tells no more than where it came from. */
  readonly problem?: Refusal;
}

/** @param origin which message it is, where it is no event: it stands for the aggregate's id */
export function readMessage(body: string, origin: string): EventMessage {
  try {
    return { reference: decodeMessage(body).reference, body };
  } catch (error) {
    return { reference: { id: origin, $version: 0, $name: '' }, body, problem: noEvent(error as Error) };
  }
}

/** The refusal of what is no event: trying again makes none of it. */
export function noEvent({ message }: Error): Refusal {
  return { kind: 'content', code: 'NoEvent', message };
}

export function toMessage(event: Event): EventMessage {
  return { reference: event, body: JSON.stringify(event) };
}

/**
 * JSON without any other letters: SQS refuses some that JSON may hold, and emulators refuse more.
 *
 * @example inAscii('"Zoë"') // '"Zo\\u00eb"'
 */
export function inAscii(json: string): string {
  return json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * What travels in the place of an event that is too large: where the log has it. All of it is nested, so that code which knows no
 * references takes it for no event, rather than for one without properties.
 */
export function referenceBody(reference: EventReference): string {
  return inAscii(JSON.stringify({ ref: referenceTo(reference) }));
}
