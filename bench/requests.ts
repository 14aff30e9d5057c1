import type { Benchmark, Figure, Table } from './support/benchmark';
import { CLIENTS, countBusy } from './requests/busy';
import { UPDATE } from './requests/command-kinds';
import { countOneAtATime } from './requests/one-at-a-time';
import { countProjectionWrites } from './requests/projection-writes';
import { dollarsOf, type Usage } from './requests/usage';

const MOST_DOLLARS = 6.5;

/** What each command asks of the services on its whole way, and what that costs. */
export const requests: Benchmark = async (tell) => {
  const projection = await countProjectionWrites();
  const alone = await countOneAtATime(tell);
  const { usages: busy, batches } = await countBusy(tell);

  return {
    question:
      'What one command asks of each service, from the API to the projections, and dollars a million (us-east-1; without ' +
      'Kinesis, Lambda time and polls of idle queues)',
    tables: [toTable('one at a time', alone), toTable(`${CLIENTS} at once`, busy), batches],
    figures: [
      ...figuresOf(alone, busy),
      { name: "write requests for a row from its own aggregate's event", value: projection.own, atMost: 1 },
      { name: "write requests for rows from another aggregate's event", value: projection.foreign, atMost: 1 },
    ],
  };
};

function toTable(load: string, usages: readonly Usage[]): Table {
  return {
    columns: [
      load,
      'aggregate',
      'round trips',
      'API',
      'Lambda',
      'SQS',
      'reads',
      'read units',
      'writes',
      'write units',
      '$ a million',
    ],
    rows: usages.map((usage) => {
      const { command, aggregate, roundTrips, api, lambda, sqs, reads, readUnits, writes, writeUnits } = usage;

      return [
        command,
        aggregate,
        load === 'one at a time' ? roundTrips : '',
        ...[api, lambda, sqs, reads, readUnits, writes, writeUnits],
        dollarsOf(usage),
      ];
    }),
  };
}

function figuresOf(alone: readonly Usage[], busy: readonly Usage[]): Figure[] {
  const update = (usages: readonly Usage[], aggregate: Usage['aggregate']) =>
    usages.find((usage) => usage.command === UPDATE && usage.aggregate === aggregate);
  const dollars = (usages: readonly Usage[]) => {
    const usage = update(usages, 'warm');

    return usage ? dollarsOf(usage) : NaN;
  };
  const roundTrips = (aggregate: Usage['aggregate'], atMost: number) => ({
    name: `round trips to DynamoDB of an update, ${aggregate}`,
    value: update(alone, aggregate)?.roundTrips ?? NaN,
    atMost,
  });

  return [
    { name: `${UPDATE}, warm, $ a million: one at a time`, value: dollars(alone), atMost: MOST_DOLLARS },
    { name: `${UPDATE}, warm, $ a million: ${CLIENTS} at once`, value: dollars(busy), atMost: MOST_DOLLARS },
    roundTrips('warm', 1),
    roundTrips('cold', 2),
    roundTrips('stale', 3),
  ];
}
