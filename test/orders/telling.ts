import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { Call } from './execution';
import { mappingOf } from './invocations';
import { entriesOf, isSending, targetOf } from './queues';
import { nameOf } from './small-log';
import type { Channel, Running } from './state';
import { textOf, type TextNumber } from './texts';

const PLACES: Readonly<Record<Channel, string>> = {
  log: 'the log’s stream',
  stream: 'Kinesis',
  retries: 'the retry queue',
  queue: 'its queue',
  deadLetters: 'the dead letters',
  quarantine: 'the quarantine',
};
const CALLS: Readonly<Record<string, string>> = {
  'GetItemCommand projectionAccountsTable': 'reads the row',
  'GetItemCommand checkpointsTable': 'reads the portfolio’s checkpoint',
  'QueryCommand eventLogTable': 'reads the log',
  'ScanCommand eventLogTable': 'reads all of the log',
  'ScanCommand portfoliosTable': 'looks for rows in all portfolios',
  'PutItemCommand projectionAccountsTable': 'writes the row',
  'PutItemCommand checkpointsTable': 'writes the checkpoint',
  'PutItemCommand portfoliosTable': 'writes a row of the portfolio',
  'DeleteItemCommand projectionAccountsTable': 'removes the row',
  'DeleteItemCommand portfoliosTable': 'removes a row of the portfolio',
  'TransactWriteItemsCommand written': 'writes the portfolio with its checkpoint',
  'TransactWriteItemsCommand removed': 'removes the rows of the portfolio that it saw, with their checkpoint',
  ReceiveMessageCommand: 'looks at',
  DeleteMessageBatchCommand: 'deletes messages in',
  ChangeMessageVisibilityBatchCommand: 'puts back what is left in',
};

/** Who it is, as a sentence begins. */
export function who({ actor, late }: Running, bodies: readonly TextNumber[]): string {
  const batch = bodies.map((body) => nameOf(decodeMessage(textOf(body)).reference)).join(', ');

  return mappingOf(actor) ? `The ${late ? 'late ' : ''}${actor} of ${batch}` : `The operator’s ${actor}`;
}

/** Where it takes its batch from. */
export function beginning({ actor }: Running, isWarm: boolean): string {
  const mapping = mappingOf(actor);

  return mapping ? `takes its batch from ${PLACES[mapping.from]}${isWarm ? ', in a warm instance' : ''}` : 'begins';
}

/** What a call does, as a sentence goes on. */
export function doing(call: Call): string {
  const { command, input } = call;
  const { TableName, QueueUrl, TransactItems } = input as {
    TableName?: string;
    QueueUrl?: Channel;
    TransactItems?: readonly { Put?: object }[];
  };

  if (isSending(call)) {
    return `sends ${entriesOf(call)
      .map(({ item }) => item.event)
      .join(' and ')} to ${PLACES[targetOf(call)]}`;
  }
  const what = TransactItems ? (TransactItems[0]?.Put ? 'written' : 'removed') : (TableName ?? '');

  return QueueUrl ? `${CALLS[command]} ${PLACES[QueueUrl]}` : CALLS[`${command} ${what}`]!;
}
