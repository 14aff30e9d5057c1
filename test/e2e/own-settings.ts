import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Home, OWN_VARIABLES } from '../../local/user-settings-fixture.ts';
import { run, RunningLocalCloud } from '../support/local-cloud';

const OPS = '.aws-sam/programs/ops.js';

/** What runs in a shell whose developer works with AWS, and behind a proxy, otherwise. */
export class OwnSettings {
  private readonly home = new Home();
  readonly variables = { ...OWN_VARIABLES, ...this.home.variables };

  remove(): void {
    this.home.remove();
  }
}

/**
 * @param own in which the cloud was started
 * @param cloud that is closed
 */
export function describeOwnSettings(own: OwnSettings, cloud: () => RunningLocalCloud): void {
  describe("A developer's own settings", () => {
    describe('given a local cloud', () => {
      it('let it serve commands and queries, with an authorizer that asks the issuer on this machine', async () => {
        const token = /^export TOKEN=(\S+)$/m.exec(cloud().output())?.[1] ?? '';

        expect(cloud().state.region).toBe('us-east-1');
        expect(await run('test/smoke/main.mts', [], { ...own.variables, SMOKE_TOKEN: token })).toMatchObject({
          code: 0,
          stderr: '',
        });
      });

      it('let a single function reach the engines', async () => {
        const args = ['GetUserController', '-e', 'test/lambda/GetUserController.json'];
        const { code, stdout } = await run('local/invoke.ts', args, own.variables);

        expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({
          code: 0,
          answer: { statusCode: 404 },
        });
      });

      it.each(['status', 'replay --all'])('let npm run ops -- %s do its work', async (line) => {
        expect(await run(OPS, line.split(' '), own.variables)).toMatchObject({
          code: 0,
          stdout: expect.stringContaining('(the local cloud)') as unknown,
        });
      });
    });

    describe('given a deployed stack', () => {
      const profiles = new Home(
        '[profile work]\nregion = eu-north-1\n',
        '[work]\naws_access_key_id = of-the-profile\naws_secret_access_key = secret\n',
      );
      const asked: (string | undefined)[] = [];
      let aws: Server;

      beforeAll(async () => {
        aws = createServer((request, response) => {
          asked.push(request.headers.authorization);
          request.resume();
          response.writeHead(400, { 'Content-Type': 'text/xml' });
          response.end(
            '<ErrorResponse><Error><Code>ValidationError</Code><Message>Not there</Message></Error></ErrorResponse>',
          );
        }).listen(0, '127.0.0.1');
        await once(aws, 'listening');
      });

      afterAll(() => {
        aws.closeAllConnections();
        aws.close();
        profiles.remove();
      });

      it('are what npm run ops finds it with; of them, what is empty is unset', async () => {
        const url = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
        const settings = { AWS_PROFILE: 'work', AWS_REGION: '', AWS_ACCESS_KEY_ID: '', AWS_ENDPOINT_URL: url };
        // The specs have left theirs, files among them.
        const files = { AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' };
        const environment = { ...profiles.variables, ...files, ...settings };
        const { code, stderr } = await run(OPS, ['status', '--stack', 'iam'], environment);

        expect({ code, stderr }).toEqual({ code: 1, stderr: 'There is no stack iam in eu-north-1: Not there\n' });
        expect(asked).toEqual([
          expect.stringMatching(/Credential=of-the-profile\/\d{8}\/eu-north-1\/cloudformation\//),
        ]);
      });
    });
  });
}
