import type { Context, SQSEvent } from 'aws-lambda';

import { QueueBroker } from '../event-store/delivery/queue-broker';
import { EventLog } from '../event-store/event-log/event-log';
import { CONTEXTS } from '../contexts';
import { deadlineOf } from '../app/aws/deadline';
import { ApplicationContainer } from '../app/application-container';

const app = new ApplicationContainer(CONTEXTS);
const broker = new QueueBroker(app.handlers, app.events, app.get(EventLog), app.logger);

/** A queue's events to the handlers that make projections of them. */
export const handler = (event: SQSEvent, context: Context) => broker.deliver(event, deadlineOf(context));
