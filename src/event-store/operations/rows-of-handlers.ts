import type { EventHandler } from '../projections/event-handler';
import { FollowedRowsHandler } from '../projections/followed-rows.handler';
import type { Projection } from '../projections/projection';
import { ProjectionHandler } from '../projections/projection.handler';
import { FollowersRows } from './followers-rows';
import { OwnRows } from './own-rows';
import type { ProjectionRows } from './projection-rows';

/** What there is to look at of those handlers that keep rows. */
export function rowsOfHandlers(handlers: readonly EventHandler[]): ProjectionRows[] {
  return handlers.flatMap((handler): ProjectionRows[] => {
    if (handler instanceof ProjectionHandler) {
      return [new OwnRows(handler as ProjectionHandler<Projection>)];
    }
    return handler instanceof FollowedRowsHandler ? [new FollowersRows(handler)] : [];
  });
}
