import { join } from 'node:path';

import { LocalCloudError } from '../local-cloud-error.ts';
import { answers } from './answers.ts';
import { ChildProcesses } from './child-processes.ts';
import { type EngineCommand, startEngine, startOnFreePort } from './engine.ts';
import { freePort } from './free-port.ts';

/** An engine that listens, and ends with exit code 3 when it is connected to for the second time. */
const ENDS_LATER = `
  let connections = 0;
  require('net').createServer((socket) => {
    socket.on('error', () => {}).destroy();
    if (++connections === 2) { console.error('out of luck'); process.exitCode = 3; process.nextTick(process.exit); }
  }).listen(Number(process.argv[1]), '127.0.0.1');
  console.log('listening');`;

describe('startEngine', () => {
  let children: ChildProcesses;
  let port: number;
  const failures: LocalCloudError[] = [];

  beforeEach(async () => {
    children = new ChildProcesses(join(__dirname, 'orphan-guard.ts'));
    port = await freePort('127.0.0.1');
    failures.splice(0);
  });

  afterEach(() => children.stop());

  function engine(script: string): EngineCommand {
    return {
      service: 'DynamoDB',
      program: 'dynoxide',
      variable: 'AWS_ENDPOINT_URL_DYNAMODB',
      command: process.execPath,
      args: ['-e', script, String(port)],
      environment: process.env,
      endpoint: `http://127.0.0.1:${port}`,
    };
  }

  const start = (script: string): Promise<string> =>
    startEngine(engine(script), children, (error) => failures.push(error));

  it('when it is stopped, then nothing has failed', async () => {
    await start(ENDS_LATER);
    await children.stop();
    expect(failures).toEqual([]);
    expect(await answers(`http://127.0.0.1:${port}`)).toBe(false);
  });

  it('when it ends by itself, then the failure says which, how, and what it printed at last', async () => {
    const failed = new Promise<LocalCloudError>((resolve) => {
      void startEngine(engine(ENDS_LATER), children, resolve).then(answers);
    });
    expect((await failed).message).toBe(
      'out of luck\nThe DynamoDB engine (dynoxide) stopped: exit code 3. Run npm start again; if it happens again, ' +
        'set AWS_ENDPOINT_URL_DYNAMODB to an engine of your own.',
    );
  });

  it('when it ends before it answers, then starting it fails', async () => {
    const failure = start('console.error("port in use"); process.exit(1)');
    await expect(failure).rejects.toThrow(LocalCloudError);
    await expect(failure).rejects.toThrow(/^port in use\nThe DynamoDB engine \(dynoxide\) stopped: exit code 1\./);
    expect(failures).toEqual([]);
  });

  it('when somebody takes its port meanwhile, then another is tried, three times at most', async () => {
    // Who took it answers there, before the engine notices.
    const taken = `
      require('net').createServer((socket) => socket.destroy()).listen(Number(process.argv[1]), '127.0.0.1');
      setTimeout(() => { console.error('listen EADDRINUSE: address already in use'); process.exit(1); }, 200);`;
    const commands = [taken, ENDS_LATER, taken, taken, taken];
    const startNext = () =>
      startOnFreePort(
        () => Promise.resolve(engine(commands.shift() ?? ENDS_LATER)),
        children,
        (error) => failures.push(error),
      );
    expect(await startNext()).toBe(`http://127.0.0.1:${port}`);
    port = await freePort('127.0.0.1');
    await expect(startNext()).rejects.toThrow('EADDRINUSE');
    expect(commands).toEqual([]);
  });

  it('when its program does not exist, then starting it fails', async () => {
    const failure = startEngine({ ...engine(''), command: join(__dirname, 'nothing') }, children, (error) =>
      failures.push(error),
    );
    await expect(failure).rejects.toThrow(/stopped: spawn .* ENOENT/);
  });
});
