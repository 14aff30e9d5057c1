import { run, type RunningLocalCloud } from '../support/local-cloud';

/** `npm run smoke` against an open cloud that runs. */
export function describeSmokeTest(cloud: () => RunningLocalCloud): void {
  describe('npm run smoke, given a local cloud', () => {
    const smoke = (...args: string[]) => run('test/smoke/main.mts', args, { SMOKE_TOKEN: '' });

    it('passes every check, and leaves one user behind', async () => {
      // The local cloud of this folder: no URL is needed.
      const { code, stdout, stderr } = await smoke();

      expect({ code, stderr, checks: stdout.replace(/ in \d+ ms$/gm, '').split('\n') }).toEqual({
        code: 0,
        stderr: '',
        checks: [
          'ok    an unknown user is a problem: 404',
          'ok    a user is registered: 202',
          'ok    it is updated: 202',
          'ok    the query shows both: 200',
          `Passed: ${cloud().url}`,
          '',
        ],
      });
      expect(await smoke()).toMatchObject({ code: 0 });
      const response = await fetch(`${cloud().url}/users?contains=email:smoke-test&limit=10`);

      expect(await response.json()).toHaveLength(1);
    });

    it('given a token for an API that asks for none, then fails', async () => {
      const { code, stderr } = await smoke('--url', cloud().url, '--token', 'any');

      expect(code).toBe(1);
      expect(stderr).toMatch(/^FAIL {2}a request without a token is refused: expected 401, got 404 /);
    });
  });
}
