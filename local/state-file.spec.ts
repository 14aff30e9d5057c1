import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { claimDataDirectory } from './data-directory.ts';
import { runningCloud } from './running-cloud.ts';
import { StateFile, stateFile } from './state-file.ts';

const STATE = {
  api: 'http://a',
  endpoints: { dynamodb: 'http://d', kinesis: 'http://k', sqs: 'http://q', s3: 'http://s' },
  region: 'us-east-1',
  functions: {},
  resources: {},
};

describe('the state of a local cloud', () => {
  const root = mkdtempSync(join(tmpdir(), 'state-'));
  const files = (): string[] => readdirSync(join(root, '.aws-sam')).sort();
  let claimed: StateFile | undefined;

  async function claim(environment = {}): Promise<StateFile> {
    return (claimed = await StateFile.claim(root, environment));
  }

  afterEach(() => {
    claimed?.release();
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('when it is written and released, then nothing of it is left', async () => {
    const state = await claim();
    state.write(STATE, { Function: { a: 'b' } });
    expect(runningCloud(root, {})).toMatchObject({ pid: process.pid, ...STATE });
    expect(JSON.parse(readFileSync(join(root, '.aws-sam/env-vars.json'), 'utf8'))).toEqual({ Function: { a: 'b' } });
    state.release();
    state.release();
    expect(files()).toEqual([]);
  });

  it('when it is not written yet, then the cloud is still starting', async () => {
    await claim();
    expect(() => runningCloud(root, {})).toThrow('The local cloud is still starting here.');
    await expect(StateFile.claim(root, {})).rejects.toThrow(`process ${process.pid}, still starting.`);
  });

  it('when another local cloud runs, then it says which, and leaves it alone', async () => {
    const first = await claim();
    first.write(STATE, {});
    await expect(StateFile.claim(root, {})).rejects.toThrow(
      `A local cloud runs in this folder already: process ${process.pid}, http://a. Use that, or stop it with Ctrl-C`,
    );
    expect(runningCloud(root, {})).toMatchObject(STATE);
  });

  it('when another has a name, then both are there', async () => {
    const first = await claim();
    first.write(STATE, {});
    const second = await StateFile.claim(root, { LOCAL_CLOUD: 'second' });
    second.write({ ...STATE, api: 'http://b' }, {});
    expect(files()).toEqual(['env-vars-second.json', 'env-vars.json', 'local-second.json', 'local.json']);
    expect([runningCloud(root, {}).api, runningCloud(root, { LOCAL_CLOUD: 'second' }).api]).toEqual([
      'http://a',
      'http://b',
    ]);
    second.release();
    expect(files()).toEqual(['env-vars.json', 'local.json']);
    expect(() => stateFile(root, { LOCAL_CLOUD: '../x' })).toThrow('LOCAL_CLOUD: expected a name of letters');
  });

  it.each(['ended', 'given its id to another'])('when its process has %s, then its place is taken', async (end) => {
    const ended = spawn(process.execPath, ['--version']);
    await once(ended, 'close');
    const left = await claim();
    left.write(STATE, {});
    const { claimPort } = runningCloud(root, {});
    left.release();
    const pid = end === 'ended' ? ended.pid : process.ppid;
    writeFileSync(stateFile(root, {}), JSON.stringify({ pid, claimPort, ...STATE }));
    await claim();
    expect(() => runningCloud(root, {})).toThrow('The local cloud is still starting here.');
  });

  it('when a folder of data is in use, then nobody else gets it', async () => {
    const data = join(root, 'data/deep');
    const first = await claimDataDirectory(data);
    await expect(claimDataDirectory(data)).rejects.toThrow(
      `--data: ${data} is in use by another local cloud, process ${process.pid}. Stop that, or choose another folder.`,
    );
    first.release();
    (await claimDataDirectory(data)).release();
    expect(existsSync(join(data, 'in-use.json'))).toBe(false);
    writeFileSync(join(root, 'file'), '');
    await expect(claimDataDirectory(join(root, 'file'))).rejects.toThrow('--data: expected a folder, got');
  });
});
