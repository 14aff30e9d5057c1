import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { removeState, type State, writeState } from './state-file.ts';

const endpoints = { dynamodb: 'http://d', kinesis: 'http://k', sqs: 'http://q', s3: 'http://s' };
const state: State = {
  pid: process.pid,
  api: 'http://a',
  endpoints,
  region: 'us-east-1',
  functions: {},
  resources: {},
};

describe('the state of a local cloud', () => {
  const root = mkdtempSync(join(tmpdir(), 'state-'));
  const files = ['local.json', 'env-vars.json'].map((name) => join(root, '.aws-sam', name));

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('when it is written and removed, then nothing of it is left', () => {
    writeState(root, state, { Function: { a: 'b' } });
    expect(files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown)).toEqual([
      state,
      { Function: { a: 'b' } },
    ]);
    removeState(root);
    removeState(root);
    expect(files.map((file) => existsSync(file))).toEqual([false, false]);
  });

  it('when another local cloud has written its own since, then that stays', () => {
    writeState(root, { ...state, pid: process.pid + 1 }, {});
    removeState(root);
    expect(files.map((file) => existsSync(file))).toEqual([true, true]);
  });
});
