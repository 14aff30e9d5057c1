import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { freePort } from '../../local/engines/free-port.ts';
import { bundleFixture } from '../../local/lambda/bundle-fixture.ts';
import type { State } from '../../local/state-file.ts';

const INVOKE = path.join(__dirname, '../../local/invoke.ts');
const FUNCTIONS = 'The functions are:\n  Echo\n  Surroundings\n  Talks\n  Throws';
const NO_CLOUD = 'No local cloud is running here. Start it with npm start.\n';

const bundle = bundleFixture(`
exports.echo = async (event) => { console.log('a log'); return event };
exports.talks = async (event) => { for (let line = 1; line <= 20_000; line++) console.log('line ' + line); return event };
exports.throws = async () => { throw new TypeError('no') };
exports.surroundings = async () => ({ ...process.env, hours: new Date(0).getHours() });
`);
const folder = mkdtempSync(path.join(tmpdir(), 'invoke-'));
mkdirSync(path.join(folder, 'test/lambda'), { recursive: true });

beforeEach(() => {
  writeState({ pid: process.pid });
});

afterAll(() => {
  bundle.remove();
  rmSync(folder, { recursive: true });
});

function writeState(changes: Partial<State>): void {
  const endpoint = 'http://127.0.0.1:1';
  const state: State = {
    pid: process.pid,
    api: undefined,
    endpoints: { dynamodb: endpoint, kinesis: endpoint, sqs: endpoint, s3: endpoint },
    region: 'eu-west-1',
    functions: {
      Echo: bundle.model('echo', { logicalId: 'Echo' }),
      Talks: bundle.model('talks', { logicalId: 'Talks' }),
      Throws: bundle.model('throws', { logicalId: 'Throws' }),
      Surroundings: bundle.model('surroundings', { logicalId: 'Surroundings', environment: { table: 'Things' } }),
    },
    resources: {},
    ...changes,
  };
  mkdirSync(path.join(folder, '.aws-sam'), { recursive: true });
  writeFileSync(path.join(folder, '.aws-sam/local.json'), JSON.stringify(state));
}

function eventFile(content: string): string {
  writeFileSync(path.join(folder, 'event.json'), content);
  return 'event.json';
}

function start(args: readonly string[]): ReturnType<typeof spawn> {
  const env = { ...process.env, AWS_PROFILE: 'mine', TZ: 'America/New_York' };
  return spawn(process.execPath, [INVOKE, ...args], { cwd: folder, env });
}

async function invoke(args: readonly string[], input = ''): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start(args);
  child.stdin?.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, stdout, stderr };
}

describe('npm run invoke', () => {
  describe('given a running cloud', () => {
    it('when a function is invoked, then its answer alone is on the standard output', async () => {
      const { code, stdout, stderr } = await invoke(['Echo', '-e', eventFile('{"a":1}')]);
      expect({ code, answer: JSON.parse(stdout) as unknown, stderr }).toEqual({
        code: 0,
        answer: { a: 1 },
        stderr: 'a log\n',
      });
    });

    it('when it logs much, then every line comes before the end', async () => {
      const { stderr } = await invoke(['Talks', '-e', '-'], '{}');
      expect(stderr.trim().split('\n')).toHaveLength(20_000);
      expect(stderr).toMatch(/^line 20000$/m);
    });

    it('when the event is on the standard input, or there is none, then the function gets that', async () => {
      const [given, none] = await Promise.all([invoke(['Echo', '-e', '-'], '[2]'), invoke(['Echo'])]);
      expect([JSON.parse(given.stdout), JSON.parse(none.stdout)]).toEqual([[2], {}]);
      expect(none.stderr).toMatch(/^The event is empty: \{\}\. For another: npm run invoke -- Echo -e EVENT\.json\n/);
    });

    it('when no event is named and there is a sample, then the function gets that, and the log says so', async () => {
      const sample = path.join(folder, 'test/lambda/Echo.json');
      writeFileSync(sample, '{"sample":true}');
      const { code, stdout, stderr } = await invoke(['Echo']);
      rmSync(sample);
      expect({ code, answer: JSON.parse(stdout) as unknown }).toEqual({ code: 0, answer: { sample: true } });
      expect(stderr).toMatch(
        /^The event is test\/lambda\/Echo\.json\. For another: npm run invoke -- Echo -e EVENT\.json\n/,
      );
    });

    it('when help is asked for, then it tells the usage, and the functions', async () => {
      const { code, stdout, stderr } = await invoke(['--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: npm run invoke -- FUNCTION/);
      expect(stdout.endsWith(`\n\n${FUNCTIONS}\n`)).toBe(true);
    });

    it('when a function is invoked, then its surroundings are those of the cloud, not of the shell', async () => {
      const { stdout } = await invoke(['Surroundings']);
      const surroundings = JSON.parse(stdout) as Record<string, unknown>;
      expect(surroundings).toMatchObject({
        AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
        AWS_REGION: 'eu-west-1',
        table: 'Things',
        hours: 0,
      });
      expect(surroundings).not.toHaveProperty('AWS_PROFILE');
    });

    it('when the function fails, then its error is the answer, and the exit code is 1', async () => {
      const { code, stdout, stderr } = await invoke(['Throws', '-e', '-'], '{}');
      expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({
        code: 1,
        answer: { errorType: 'TypeError', errorMessage: 'no' },
      });
      expect(stderr).toMatch(/^Throws failed: TypeError: no\n +at /);
    });

    it('when a debugger is asked for, then the function waits for it, and has its own surroundings', async () => {
      const child = start(['Surroundings', `--inspect=${await freePort('127.0.0.1')}`]);
      const answer = text(child.stdout!);
      const url = await debuggerUrl(child.stderr!);
      const socket = new WebSocket(url);
      await once(socket, 'open');
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.runIfWaitingForDebugger' }));
      await once(socket, 'message');
      socket.close();
      const surroundings = JSON.parse(await answer) as Record<string, unknown>;
      expect(surroundings).toMatchObject({ table: 'Things', AWS_LAMBDA_FUNCTION_NAME: 'Surroundings', hours: 0 });
      expect(surroundings).not.toHaveProperty('AWS_PROFILE');
    });
  });

  describe('given a mistake', () => {
    it.each([
      [
        'no function',
        [],
        `Expected the name of a function. Usage: npm run invoke -- FUNCTION [-e EVENT.json]\n${FUNCTIONS}\n`,
      ],
      [
        'an unknown function',
        ['Nobody'],
        `There is no function Nobody. Usage: npm run invoke -- FUNCTION [-e EVENT.json]\n${FUNCTIONS}\n`,
      ],
      ['two functions', ['Echo', 'Talks'], 'Expected the name of one function, got Echo, Talks. See npm run invoke'],
      ['an unknown option', ['Echo', '--what'], "Unknown option '--what'. See npm run invoke -- --help.\n"],
      ['an impossible port', ['Echo', '--inspect=x'], '--inspect: expected a port from 1 to 65535, got "x".\n'],
      ['a missing event', ['Echo', '-e', 'nowhere.json'], 'Cannot read the event: ENOENT'],
      ['an event that is no JSON', ['Echo', '-e', 'bad.json'], 'bad.json is no event: expected JSON. '],
    ])('when there is %s, then it says so, and the exit code is 1', async (_what, args, message) => {
      writeFileSync(path.join(folder, 'bad.json'), '{');
      const { code, stdout, stderr } = await invoke(args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr.startsWith(message)).toBe(true);
      expect(stderr).not.toMatch(/^ +at /m);
    });

    it('when no cloud runs here, or it was killed, then one line says how to start one', async () => {
      const killed = spawn(process.execPath, ['--version']);
      await once(killed, 'close');
      writeState({ pid: killed.pid! });
      await expect(invoke(['Echo'])).resolves.toEqual({ code: 1, stdout: '', stderr: NO_CLOUD });
      rmSync(path.join(folder, '.aws-sam'), { recursive: true });
      await expect(invoke(['Echo'])).resolves.toEqual({ code: 1, stdout: '', stderr: NO_CLOUD });
    });
  });
});

/** The address that the inspector prints. */
async function debuggerUrl(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const chunk of stderr) {
    const url = /ws:\/\/\S+/.exec(String(chunk))?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('It ended without a debugger.');
}
