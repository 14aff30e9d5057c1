import type { Event } from '../../src/event-store/events/event';
import type { EventReference } from '../../src/event-store/events/event-reference';
import type { CheckpointedHandler } from '../../src/event-store/projections/checkpointed-handler';
import { alterPosition } from './alter-position';
import type { StoredState } from './stored-state';

/** Late enough to have a predecessor, early enough to have successors. */
const POISONED_VERSION = 3;

/** An event that a handler cannot apply until the handler is mended: the first of that version that comes to it. */
export class Poison {
  private event?: Event;
  private isMended = false;

  constructor(handler: CheckpointedHandler) {
    alterPosition(handler, (position) => ({
      checkpoint: position.checkpoint,
      advance: (events) => {
        this.event ??= events.find(({ $version }) => $version === POISONED_VERSION);
        return !this.isMended && events.some((event) => this.isPoison(event))
          ? Promise.reject(new Error('This event is poison.'))
          : position.advance(events);
      },
    }));
  }

  mend(): void {
    this.isMended = true;
  }

  /** @param deadLetters all that came to dead-letter queues, in their order: the poison's aggregate from the poison on */
  violations({ streams }: StoredState, deadLetters: readonly EventReference[]): string[] {
    const { id = '', $version = 0 } = this.event ?? {};
    const expected = (streams.get(id) ?? []).slice($version - 1);
    const [found, wanted] = [deadLetters, expected].map((events) => events.map(nameOf).join());

    return this.event && found === wanted ? [] : [`dead letters: ${found} instead of ${wanted}`];
  }

  private isPoison({ id, $version }: EventReference): boolean {
    return id === this.event?.id && $version === this.event.$version;
  }
}

function nameOf({ id, $version }: EventReference): string {
  return `${id} ${$version}`;
}
