import type { Logger } from '../../shared-kernel/logging/logger';
import type { KinesisStreamEvent } from 'aws-lambda';

import type { Aggregate } from '../aggregates/aggregate';
import type { AggregateRepository } from '../aggregates/aggregate.repository';
import { eventLine } from './event-line';
import { type BatchResponse, firstFailure } from './first-failure';
import { type StreamedEvent, streamedEvent } from './streamed-event';
import { aggregateTypeOf } from '../events/event-name';

/** Makes a snapshot of each aggregate every so many events, away from the commands. */
export class Snapshotter {
  private readonly repositories: ReadonlyMap<string, AggregateRepository<Aggregate>>;

  /** @param interval events between two snapshots of an aggregate */
  constructor(
    repositories: readonly AggregateRepository<Aggregate>[],
    private readonly interval: number,
    private readonly logger: Logger,
  ) {
    this.repositories = new Map(repositories.map((repository) => [repository.type.aggregateType, repository]));
  }

  /** Events whose aggregate got no snapshot are named, for Lambda to deliver them again. */
  async deliver({ Records }: KinesisStreamEvent): Promise<BatchResponse> {
    const entries = Records.map(streamedEvent);
    // The newest alone: a snapshot is of what its aggregate is when it is made.
    const due = new Map(entries.filter((entry) => this.isDue(entry)).map((entry) => [entry.event.id, entry]));
    const failed = new Set<StreamedEvent>();

    await Promise.all(
      [...due.values()].map(async (entry) => {
        try {
          await this.repositories.get(aggregateTypeOf(entry.event.$name))?.snapshot(entry.event.id);
        } catch (error) {
          this.logger.error('No snapshot was made.', { ...eventLine(entry.event), error });
          failed.add(entry);
        }
      }),
    );
    return firstFailure(entries, failed);
  }

  private isDue({ event }: StreamedEvent): boolean {
    return event.$version % this.interval === 0;
  }
}
