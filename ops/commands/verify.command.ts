import type { Operator } from '../operator/operator';
import type { Difference } from '../projections/difference';
import { Verification } from '../projections/verification';
import type { UnreadableHistory } from '../../src/event-store/event-log/event-log';
import type { Progress } from '../support/progress';
import type { Answer, Options } from './command';
import { count } from './count';

/** Whether the projections are what the log makes of them. */
export async function verifyProjections(operator: Operator, _: Options, progress: Progress): Promise<Answer> {
  const { differences, unreadable } = await new Verification(operator.log, operator.projections, progress).run();
  const summary =
    differences.length === 0
      ? 'The projections are what the event log makes of them.'
      : `${count(differences.length, 'difference')}. A checkpoint that is behind: see status. A wrong row: rebuild --aggregate ID.`;

  return {
    data: {
      differences,
      unreadable: unreadable.map(({ aggregateId, error }) => ({ aggregateId, reason: error.message })),
    },
    text: [...unreadable.map(unreadableText), ...differences.map(toText), summary].join('\n'),
    isFine: differences.length + unreadable.length === 0,
  };
}

function toText({ projection, aggregateId, of, expected, stored }: Difference): string {
  return [
    `${projection} of the aggregate ${aggregateId}: ${of}`,
    `  expected ${format(expected)}`,
    `  stored   ${format(stored)}`,
  ].join('\n');
}

function unreadableText({ aggregateId, error }: UnreadableHistory): string {
  return `Not compared: the log of the aggregate ${aggregateId} cannot be read. ${error.message}`;
}

function format(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
