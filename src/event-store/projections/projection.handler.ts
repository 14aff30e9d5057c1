import type { EventLog } from '../event-log/event-log';
import type { Uuid } from '../events/event';
import { CheckpointedHandler, type Position } from './checkpointed-handler';
import type { Projection } from './projection';
import type { ProjectionRepository } from './projection.repository';

/** Makes a row for each aggregate from that aggregate's own events; the row's version is the checkpoint. */
export abstract class ProjectionHandler<TProjection extends Projection> extends CheckpointedHandler {
  constructor(
    log: EventLog,
    readonly rows: ProjectionRepository<TProjection>,
    readonly type: new () => TProjection,
  ) {
    super(log);
  }

  protected async position(aggregateId: Uuid): Promise<Position> {
    const projection = (await this.rows.get(aggregateId)) ?? new this.type();
    const checkpoint = projection.version;

    return {
      checkpoint,
      advance: async (events) => {
        events.forEach((event) => {
          projection.apply(event);
        });
        await this.rows.save(projection, checkpoint);
      },
    };
  }
}
