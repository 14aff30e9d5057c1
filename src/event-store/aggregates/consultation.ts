import type { Consulted } from '../event-log/consulted';
import type { Uuid } from '../events/event';

/** Where aggregates of one type are read, up to their last event. */
export interface ConsultedSource<TAggregate extends Consulted> {
  load(id: Uuid): Promise<TAggregate>;
}

/**
 * Reads another aggregate for a decision, which is then appended only if that one has not changed since. What `load` throws,
 * it throws.
 */
export type Consult = <TAggregate extends Consulted>(
  source: ConsultedSource<TAggregate>,
  id: Uuid,
) => Promise<TAggregate>;

/** What one decision consults. */
export class Consultation {
  private readonly versions = new Map<Uuid, number>();

  readonly consult: Consult = async (source, id) => {
    const aggregate = await source.load(id);

    // Of two versions of one aggregate, the decision rests on both: the append is to fail, as it does for the first.
    if (!this.versions.has(id)) {
      this.versions.set(id, aggregate.version);
    }
    return aggregate;
  };

  /** All that was consulted but the aggregate that decides: its own events say on which version they follow. */
  beside(decider: Uuid): readonly Consulted[] {
    return [...this.versions].filter(([id]) => id !== decider).map(([id, version]) => ({ id, version }));
  }
}
