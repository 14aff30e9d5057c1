import type { EventKey } from './stream-faults';

/** A set of events. */
export class EventKeys {
  private readonly keys = new Set<string>();

  get size(): number {
    return this.keys.size;
  }

  add(event: EventKey): void {
    this.keys.add(nameOf(event));
  }

  has(event: EventKey): boolean {
    return this.keys.has(nameOf(event));
  }
}

function nameOf({ aggregateId, version }: EventKey): string {
  return `${aggregateId} ${version}`;
}
