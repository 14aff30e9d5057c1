import type { DynamoDbUse } from './dynamodb-meter';
import type { Invocations, PipelineUse } from './metered-pipeline';
import { dollarsAMillion } from './prices';

/** What one command costs, from the API to the projections. */
export interface Usage {
  readonly command: string;
  /** What the instance that took the command had of its aggregate. */
  readonly aggregate: 'new' | 'cold' | 'warm' | 'stale';
  /** To DynamoDB, before the command is answered. */
  readonly roundTrips: number;
  readonly api: number;
  readonly lambda: number;
  readonly sqs: number;
  readonly reads: number;
  readonly readUnits: number;
  readonly writes: number;
  readonly writeUnits: number;
}

/**
 * What each of some commands cost on average.
 *
 * @param written what the write side asked for them
 * @param pipeline what all events took that went its way at the same time
 */
export function usageOf(
  about: Pick<Usage, 'command' | 'aggregate'>,
  written: { readonly use: DynamoDbUse; readonly commands: number },
  pipeline: { readonly use: PipelineUse; readonly events: number },
): Usage {
  const { dynamodb, sqs, invocations } = pipeline.use;
  const each = (name: keyof DynamoDbUse) => written.use[name] / written.commands + dynamodb[name] / pipeline.events;

  return {
    ...about,
    roundTrips: written.use.roundTrips / written.commands,
    api: 1,
    // The authorizer and the controller have one each.
    lambda: 2 + countOf([...invocations.values()]) / pipeline.events,
    sqs: sqs / pipeline.events,
    reads: each('reads'),
    readUnits: each('readUnits'),
    writes: each('writes'),
    writeUnits: each('writeUnits'),
  };
}

export function dollarsOf({ api, lambda, sqs, readUnits, writeUnits }: Usage): number {
  return dollarsAMillion({ api, lambda, sqs, readUnits, writeUnits });
}

function countOf(invocations: readonly Invocations[]): number {
  return invocations.reduce((sum, { count }) => sum + count, 0);
}
