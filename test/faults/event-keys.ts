import type { EventKey } from './stream-faults';

/** A set of events, in the order in which they were added. */
export class EventKeys {
  private readonly keys = new Map<string, number>();

  get size(): number {
    return this.keys.size;
  }

  add(event: EventKey): void {
    if (!this.has(event)) {
      this.keys.set(nameOf(event), this.size);
    }
  }

  has(event: EventKey): boolean {
    return this.keys.has(nameOf(event));
  }

  /** Whether both are there, the one first. */
  isBefore(one: EventKey, other: EventKey): boolean {
    return (this.keys.get(nameOf(one)) ?? Infinity) < (this.keys.get(nameOf(other)) ?? -1);
  }
}

function nameOf({ aggregateId, version }: EventKey): string {
  return `${aggregateId} ${version}`;
}
