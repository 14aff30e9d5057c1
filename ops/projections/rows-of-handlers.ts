import type { EventHandler } from '../../src/event-store/projections/event-handler';
import { FollowedRowsHandler } from '../../src/event-store/projections/multi-stream-projection.handler';
import type { Projection } from '../../src/event-store/projections/projection';
import { ProjectionHandler } from '../../src/event-store/projections/projection.handler';
import { FollowersRows } from './multi-stream-inspection';
import { OwnRows } from './single-stream-inspection';
import type { ProjectionRows } from './projection-inspection';

/** What there is to look at of those handlers that keep rows. */
export function rowsOfHandlers(handlers: readonly EventHandler[]): ProjectionRows[] {
  return handlers.flatMap((handler): ProjectionRows[] => {
    if (handler instanceof ProjectionHandler) {
      return [new OwnRows(handler as ProjectionHandler<Projection>)];
    }
    return handler instanceof FollowedRowsHandler ? [new FollowersRows(handler)] : [];
  });
}
