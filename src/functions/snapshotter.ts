import type { KinesisStreamEvent } from 'aws-lambda';

import { Snapshotter } from '../event-store/delivery/snapshotter';
import { CONTEXTS } from '../contexts';
import { ApplicationContainer } from '../app/application-container';

const app = new ApplicationContainer(CONTEXTS);
const snapshotter = new Snapshotter((type) => app.repositoryOf(type), app.snapshotInterval, app.logger);

/** Kinesis to snapshots of the aggregates. */
export const handler = (event: KinesisStreamEvent) => snapshotter.deliver(event);
