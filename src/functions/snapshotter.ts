import type { Context, KinesisStreamEvent } from 'aws-lambda';

import { ApplicationContainer } from '../app/application-container';
import { deadlineOf } from '../app/aws/deadline';
import { CONTEXTS } from '../contexts';
import { Snapshotter } from '../event-store/delivery/snapshotter';

const app = new ApplicationContainer(CONTEXTS);
const snapshotter = new Snapshotter((type) => app.repositoryOf(type), app.snapshotInterval, app.logger);

/** Kinesis to snapshots of the aggregates. */
export const handler = (event: KinesisStreamEvent, context: Context) => snapshotter.deliver(event, deadlineOf(context));
