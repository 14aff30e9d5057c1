import type { SQSEvent } from 'aws-lambda';

import { ApplicationContainer } from '../app/application-container';
import { CONTEXTS } from '../contexts';
import { QueueBroker } from '../event-store/delivery/queue-broker';

const app = new ApplicationContainer(CONTEXTS);
const broker = new QueueBroker(app.eventHandlerTypes, (type) => app.get(type), app.events, app.logger);

/** A queue's events to the handlers that make projections of them. */
export const handler = (event: SQSEvent) => broker.deliver(event);
