import { randomUUID } from 'node:crypto';

import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

import { CREDENTIALS } from '../../local/aws-environment.ts';
import { poll } from '../../local/poll.ts';
import type { RunningLocalCloud } from '../support/local-cloud';

const SOON = { timeoutMilliseconds: 10_000, intervalMilliseconds: 20 };
const NOW = new Date().toISOString();

/** What no transport takes, or nobody knows, next to users of whom nothing is wrong. */
export function describeStrangeEvents(
  cloudOf: () => RunningLocalCloud,
  ops: (line: string) => Promise<{ stdout: string }>,
) {
  describe('given what cannot travel as it is', () => {
    const clientOptions = (service: 'dynamodb' | 'kinesis') => ({
      endpoint: cloudOf().state.endpoints[service],
      region: cloudOf().state.region,
      credentials: CREDENTIALS,
    });

    async function send(
      method: string,
      path: string,
      body?: object,
    ): Promise<{ status: number; json: Record<string, unknown> }> {
      const response = await fetch(cloudOf().url + path, { method, ...(body && { body: JSON.stringify(body) }) });

      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    }

    const eventually = (id: string, version: number) =>
      poll(async () => {
        const { status, json } = await send('GET', `/users/${id}`);

        return status === 200 && json.version === version ? json : undefined;
      }, SOON);

    /** Somebody else's command and its effect. */
    async function othersGoOn(): Promise<void> {
      const id = randomUUID();

      expect(await send('POST', '/users', { id, email: `${id}@domain.com` })).toMatchObject({ status: 202 });
      expect(await eventually(id, 1)).toMatchObject({ id });
    }

    async function store(id: string, $version: number, event: object): Promise<void> {
      const documents = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions('dynamodb')));

      await documents.send(
        new PutCommand({
          TableName: 'EventLog',
          Item: { id, $version, timestamp: NOW, event: { id, $version, ...event } },
        }),
      );
      documents.destroy();
    }

    it.each([
      ['U+FFFF', '\uffff'],
      ['U+0001', '\u0001'],
      ['half a surrogate pair', '\ud83d'],
    ])('when %s is in a command, then it is refused with its property, and others go on', async (_, letter) => {
      const { status, json } = await send('POST', '/users', { id: randomUUID(), email: `p@a${letter}b.com` });

      expect([status, json.code]).toEqual([400, 'ValidationFailed']);
      expect(json.errors).toMatchObject([{ property: 'email' }]);
      await othersGoOn();
    });

    it('when an event of 380 KB is in the log, then it comes to its projection', async () => {
      const id = randomUUID();
      const names = { firstName: 'Ada', lastName: 'Byron' };

      await send('POST', '/users', { id, email: `${id}@domain.com` });
      await store(id, 2, { $name: 'org/iam/user/updated', ...names, metadata: { padding: '\u4e2d'.repeat(126_000) } });
      await othersGoOn();

      expect(await eventually(id, 2)).toMatchObject(names);
    });

    it('when there is no event in an item or a record, or none that a queue takes, then others go on, and each is told', async () => {
      const [broken, group] = [randomUUID(), randomUUID()];
      const kinesis = new KinesisClient(clientOptions('kinesis'));

      await store(broken, 1, { $name: 7 });
      await store(group, 1, { $name: 'org/iam/group/created' });
      await kinesis.send(
        new PutRecordCommand({
          StreamName: 'event-source-stream',
          PartitionKey: 'stranger',
          Data: Buffer.from('hello'),
        }),
      );
      kinesis.destroy();
      await othersGoOn();

      const letters = await poll(async () => {
        const { stdout } = await ops('dlq list');

        return stdout.includes(broken) && stdout.includes('stranger') ? stdout : undefined;
      }, SOON);
      expect(letters?.match(/NoEvent/g)).toHaveLength(2);
      expect((await ops('status')).stdout).toMatch(/^RetryQueue +\d+ +\d+ +2 /m);
      expect(cloudOf().output() + cloudOf().errors()).toContain('IamGroupQueue');
    });
  });
}
