import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { run } from '../support/local-cloud';

const MAIN = 'test/smoke/main.mts';

jest.setTimeout(60_000);

describe('npm run smoke', () => {
  const smoke = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
    run(MAIN, args, { SMOKE_TOKEN: '', ...environment });

  describe('given a server that is no such API', () => {
    const requests: { method?: string; url?: string; authorization?: string }[] = [];
    let server: Server;
    let url: string;
    let answers: number[];

    beforeEach(async () => {
      requests.length = 0;
      server = createServer((request, response) => {
        const { method, url: path, headers } = request;
        const status = answers.shift();

        requests.push({ method, url: path, authorization: headers.authorization });
        if (status !== undefined) {
          response.writeHead(status, { 'Content-Type': 'application/problem+json' });
          response.end(JSON.stringify({ status, code: 'NotFound' }));
        }
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    afterEach(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    it('given a command that fails, then says what was expected and what came, and stops', async () => {
      answers = [404, 500];
      const { code, stderr } = await smoke(['--url', `${url}/`]);

      expect(code).toBe(1);
      expect(stderr).toMatch(/^FAIL {2}a user is registered: expected 202 \{"id":.*\}, got 500 /);
      expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    });

    it('sends the token of the environment, but not where it has to be refused', async () => {
      answers = [401, 403];
      const { code } = await smoke(['--url', url], { SMOKE_TOKEN: 'secret' });

      expect(code).toBe(1);
      expect(requests.map(({ authorization }) => authorization)).toEqual([undefined, 'Bearer secret']);
    });

    it('given no token for an API that asks for one, then says how to give it', async () => {
      answers = [401];
      const { stderr } = await smoke(['--url', url]);

      expect(stderr).toMatch(/, got 401 .* The API asks for a token: set SMOKE_TOKEN\.\n$/);
    });

    it('given no answer, then ends at the deadline', async () => {
      answers = [];
      const { code, stderr } = await smoke(['--url', url, '--timeout', '1']);

      expect(code).toBe(1);
      expect(stderr).toMatch(/got no answer in time \(1 s for everything\)\.\n$/);
    });
  });

  it.each([
    [
      [],
      '--url is missing: expected the base URL of an API. No local cloud is running here. Start it with npm start. ' +
        'See npm run smoke -- --help.',
    ],
    [['--url', 'domain.com'], '--url: expected an http or https URL, got "domain.com".'],
    [['--url', 'http://a', '--timeout', '0'], '--timeout: expected a whole number of seconds from 1 to 9999, got "0".'],
    [['--uri=x'], "Unknown option '--uri'. See npm run smoke -- --help."],
  ])('given %j, then says what is wrong', async (args, message) => {
    expect(await smoke(args)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });
});
