import type { KinesisStreamEvent } from 'aws-lambda';

import type { Logger } from '../../shared-kernel/logging/logger';
import type { Aggregate } from '../aggregates/aggregate';
import type { AggregateRepository } from '../aggregates/aggregate.repository';
import { aggregateTypeOf } from '../events/event-name';
import { eventLine } from './event-line';
import { type BatchResponse, firstFailure } from './first-failure';
import { type StreamedEvent, streamedEvent } from './streamed-event';

/** Makes a snapshot of each aggregate every so many events, away from the commands. */
export class Snapshotter {
  /**
   * @param repositoryOf finds or makes the repository of an aggregate type, `org/bank/account`; `undefined` where there is none
   * @param interval events between two snapshots of an aggregate
   */
  constructor(
    private readonly repositoryOf: (aggregateType: string) => AggregateRepository<Aggregate> | undefined,
    private readonly interval: number,
    private readonly logger: Logger,
  ) {}

  /** Events whose aggregate got no snapshot are named, for Lambda to deliver them again. */
  async deliver({ Records }: KinesisStreamEvent): Promise<BatchResponse> {
    const entries = Records.map(streamedEvent);
    // One event for each aggregate will do: a snapshot shows what the aggregate is when the snapshot is made.
    const due = new Map(entries.filter((entry) => this.isDue(entry)).map((entry) => [entry.event.id, entry]));
    const failed = new Set<StreamedEvent>();

    await Promise.all(
      [...due.values()].map(async (entry) => {
        try {
          await this.repositoryOf(aggregateTypeOf(entry.event.$name))?.snapshot(entry.event.id);
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
