import type { EventRegistry } from '../../src/event-store/events/event-registry';
import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { MultiStreamProjectionHandler } from '../../src/event-store/projections/multi-stream-projection.handler';
import type { Projection } from '../../src/event-store/projections/projection';
import { ProjectionHandler } from '../../src/event-store/projections/projection.handler';
import { MultiStreamInspection } from './multi-stream-inspection';
import type { ProjectionInspection } from './projection-inspection';
import { SingleStreamInspection } from './single-stream-inspection';

/** What there is to look at of those handlers that keep rows. */
export function inspectionsOf(handlers: readonly EventHandler[], events: EventRegistry): ProjectionInspection[] {
  return handlers.flatMap((handler): ProjectionInspection[] => {
    if (handler instanceof ProjectionHandler) {
      return [new SingleStreamInspection(handler as ProjectionHandler<Projection>, events)];
    }
    return handler instanceof MultiStreamProjectionHandler ? [new MultiStreamInspection(handler, events)] : [];
  });
}
