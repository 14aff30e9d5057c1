import type { Logger } from '../../shared-kernel/logging/logger';
import type { KinesisStreamEvent } from 'aws-lambda';

import { type TimeLimit, withTimeLimit } from '../../shared-kernel/time/time-limit';
import type { Aggregate } from '../aggregates/aggregate';
import type { AggregateRepository } from '../aggregates/aggregate.repository';
import { eventLine } from './event-line';
import { type BatchResponse, firstFailure } from './first-failure';
import { type StreamedEvent, streamedEvent } from './streamed-event';
import { aggregateTypeOf } from '../events/event-name';

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

  /**
   * Events whose aggregate got no snapshot by the deadline are named, for Lambda to deliver them again.
   *
   * @param deadline in milliseconds since 1970
   */
  async deliver({ Records }: KinesisStreamEvent, deadline = Infinity): Promise<BatchResponse> {
    const entries = Records.map(streamedEvent);
    // One event for each aggregate will do: a snapshot shows what the aggregate is when the snapshot is made.
    const due = new Map(entries.filter((entry) => this.isDue(entry)).map((entry) => [entry.reference.id, entry]));
    const failed = await withTimeLimit(deadline, (time) => this.snapshots([...due.values()], time));

    return firstFailure(entries, failed);
  }

  /** Answers the entries whose aggregate got none. */
  private async snapshots(due: readonly StreamedEvent[], time: TimeLimit): Promise<ReadonlySet<StreamedEvent>> {
    const failed = new Set<StreamedEvent>();

    await Promise.all(
      due.map(async (entry) => {
        const { id, $name } = entry.reference;

        try {
          await time.within(async () => this.repositoryOf(aggregateTypeOf($name))?.snapshot(id));
        } catch (error) {
          this.logger.error('No snapshot was made.', { ...eventLine(entry.reference), error });
          failed.add(entry);
        }
      }),
    );
    return failed;
  }

  private isDue({ reference, problem }: StreamedEvent): boolean {
    return !problem && reference.$version % this.interval === 0;
  }
}
