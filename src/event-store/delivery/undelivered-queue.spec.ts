import { Logger } from '@aws-lambda-powertools/logger';
import type { SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';

import { reasonIn, UndeliveredQueue } from './undelivered-queue';
import type { Refusal } from './refusal';

const logger = new Logger({ logLevel: 'SILENT' });
const REFUSAL: Refusal = { kind: 'content', code: 'InvalidMessageContents', message: 'Invalid characters.' };
const NOT_TAKEN = 'Events could not be set aside: they are tried again.';

const refused = (id: string, $version = 1, refusal = REFUSAL) => ({
  entry: { reference: { id, $version, $name: 'org/bank/account/opened' } },
  refusal,
});

describe('UndeliveredQueue', () => {
  const sent: NonNullable<SendMessageBatchCommandInput['Entries']>[] = [];
  const answer = jest.fn<Promise<object>, []>();
  const send = ({ input }: { input: SendMessageBatchCommandInput }) => {
    sent.push(input.Entries ?? []);
    return answer();
  };
  const queue = new UndeliveredQueue({ send } as unknown as SQSClient, 'url', 'EventBroker', logger);

  beforeEach(() => {
    sent.length = 0;
    answer.mockReset().mockResolvedValue({});
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('given whatever id, name, time and reason, then sends what every queue takes', async () => {
    const long = '\ud83d'.repeat(300_000);
    const { refusal, entry: known } = refused('\uffff'.repeat(200), 1, { ...REFUSAL, message: long });
    const entry = { reference: { ...known.reference, $name: long, timestamp: long } };

    expect(await queue.put([{ entry, refusal }])).toEqual(new Set([entry]));
    const [[{ MessageBody = '', MessageGroupId, MessageDeduplicationId } = {}] = []] = sent;

    expect(MessageBody).toMatch(/^[\x20-\x7e]{1,10000}$/);
    expect([MessageGroupId, MessageDeduplicationId].join()).toMatch(/^[\da-f]{64},[\da-f]{64}$/);
    expect(reasonIn(MessageBody)).toMatchObject({ sender: 'EventBroker', code: 'InvalidMessageContents' });
  });

  it('given more than ten, then sends ten at a time', async () => {
    expect((await queue.put(Array.from({ length: 25 }, (_, index) => refused('a', index)))).size).toBe(25);
    expect(sent.map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  it('given an entry that is not taken, then answers the others, and logs why', async () => {
    const error = jest.spyOn(logger, 'error');
    const [first, second] = [refused('a'), refused('b')];

    answer.mockResolvedValue({ Failed: [{ Id: '0', Code: 'InternalError', Message: 'Later.' }] });

    expect(await queue.put([first, second])).toEqual(new Set([second.entry]));
    expect(error).toHaveBeenCalledWith(NOT_TAKEN, { code: 'InternalError', reason: 'Later.', count: 1 });
  });

  it('given an error, then answers none, and logs it', async () => {
    const error = jest.spyOn(logger, 'error');
    const denied = new Error('Access denied.');

    answer.mockRejectedValue(denied);

    expect(await queue.put([refused('a'), refused('b')])).toEqual(new Set());
    expect(error.mock.calls).toEqual([[NOT_TAKEN, { error: denied, count: 2 }]]);
  });
});
