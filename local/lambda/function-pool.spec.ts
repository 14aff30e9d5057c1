import { utimesSync } from 'node:fs';

import type { FunctionModel } from '../model.ts';
import { bundleFixture } from './bundle-fixture.ts';
import { type ErrorPayload, FunctionError } from './function-error.ts';
import { FunctionPool } from './function-pool.ts';

const SOURCE = `
let invocations = 0;
exports.echo = async (event) => event;
exports.count = async () => (invocations += 1);
exports.context = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });
exports.environment = async () => process.env;
exports.nothing = async () => undefined;
exports.now = () => 'not a promise';
exports.throws = async () => { throw new TypeError('no') };
exports.throwsText = async () => { throw 'no' };
exports.never = () => new Promise(() => undefined);
exports.spins = async () => { for (;;); };
exports.exits = async () => process.exit(3);
exports.throwsLater = () => new Promise(() => setTimeout(() => { throw new RangeError('late') }));
exports.rejectsAside = () => new Promise(() => void Promise.reject(new Error('aside')));
exports.cycle = async () => { const cycle = {}; cycle.cycle = cycle; return cycle };
exports.big = async (length) => 'x'.repeat(length);
exports.callback = (event, context, callback) => callback(undefined, 1);
exports.hoards = async () => { const hoard = []; for (;;) hoard.push(new Array(1e5).fill(Math.random())); };
exports.thread = async () => { await new Promise((resolve) => setTimeout(resolve, 100)); return require('node:worker_threads').threadId };
`;

const fixture = bundleFixture(SOURCE);
const pools: FunctionPool[] = [];
let log: jest.SpyInstance;

function pool(handler: string, changes: Partial<FunctionModel> = {}, maximumInstances?: number): FunctionPool {
  const environment = { AWS_REGION: 'eu-west-1' };
  const created = new FunctionPool(fixture.model(handler, changes), {
    environment,
    ...(maximumInstances && { maximumInstances }),
  });
  pools.push(created);
  return created;
}

beforeEach(() => {
  log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(async () => {
  log.mockRestore();
  await Promise.all(pools.splice(0).map((each) => each.stop()));
});

afterAll(() => {
  fixture.remove();
});

async function failure(handler: string, changes: Partial<FunctionModel> = {}): Promise<ErrorPayload> {
  const error: unknown = await pool(handler, changes)
    .invoke({})
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FunctionError);
  return (error as FunctionError).payload;
}

describe('FunctionPool', () => {
  describe('given a function', () => {
    it('when invoked, then event and answer go through JSON', async () => {
      const event = { at: new Date(0), nothing: undefined };
      await expect(pool('echo').invoke(event)).resolves.toEqual({ at: '1970-01-01T00:00:00.000Z' });
      await expect(pool('nothing').invoke({})).resolves.toBeNull();
      await expect(pool('now').invoke({})).resolves.toBe('not a promise');
    });

    it('when invoked again, then the warm instance is used again', async () => {
      const counter = pool('count');
      await expect(counter.invoke({})).resolves.toBe(1);
      await expect(counter.invoke({})).resolves.toBe(2);
    });

    it('when invoked while its instance is busy, then another instance runs it', async () => {
      const threads = await invokeTimes(pool('thread', {}, 2), 2);
      expect(new Set(threads).size).toBe(2);
    });

    it('when all instances are busy, then invocations wait for their turn', async () => {
      const threads = await invokeTimes(pool('thread', {}, 1), 3);
      expect(new Set(threads).size).toBe(1);
    });

    it('when invoked, then its context is that of a Node.js 24 function', async () => {
      await expect(pool('context').invoke({}, 'f9c32f52-9fb9-4ed3-9d0c-2b5d8d2f1b5e')).resolves.toEqual({
        awsRequestId: 'f9c32f52-9fb9-4ed3-9d0c-2b5d8d2f1b5e',
        callbackWaitsForEmptyEventLoop: true,
        functionName: 'Function',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:Function',
        logGroupName: '/aws/lambda/Function',
        logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/) as string,
        memoryLimitInMB: '128',
        remaining: expect.closeTo(5_000, -3) as number,
      });
    });

    it('when invoked, then it sees its own variables, those of Lambda, and nothing of the shell', async () => {
      process.env.AWS_PROFILE = 'mine';
      const environment = await pool('environment', { environment: { table: 'Things', AWS_REGION: '' } }).invoke({});
      expect(environment).toMatchObject({
        table: 'Things',
        AWS_REGION: 'eu-west-1',
        AWS_LAMBDA_FUNCTION_NAME: 'Function',
      });
      expect(environment).not.toHaveProperty('AWS_PROFILE');
      expect(environment).not.toHaveProperty('HOME');
    });

    it('when its bundle changes, then the next invocation runs the new one', async () => {
      const answers = bundleFixture('exports.handler = async () => "old"');
      const { bundle } = answers.model('handler');
      const changing = pool('handler', { bundle });
      await expect(changing.invoke({})).resolves.toBe('old');
      answers.write('exports.handler = async () => "new"');
      utimesSync(bundle, new Date(), new Date(Date.now() + 1_000));
      await expect(changing.invoke({})).resolves.toBe('new');
      answers.remove();
    });
  });

  describe('given a function that fails', () => {
    it('when it throws, then the error is what the Node.js runtime makes of it', async () => {
      await expect(failure('throws')).resolves.toEqual({
        errorType: 'TypeError',
        errorMessage: 'no',
        trace: expect.arrayContaining(['TypeError: no', expect.stringContaining('app.js:')]) as string[],
      });
      await expect(failure('throwsText')).resolves.toEqual({ errorType: 'string', errorMessage: 'no', trace: [] });
    });

    it('when it throws, then the log and the trace show the source that the source map names', async () => {
      const map = { version: 3, sources: ['handler.ts'], names: [], mappings: 'AASA' };
      const url = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
      const mapped = bundleFixture(
        `exports.handler = async () => { throw new Error('no') };\n//# sourceMappingURL=${url}`,
      );
      const { trace } = await failure('handler', { bundle: mapped.model('handler').bundle });
      expect(trace[1]).toContain('handler.ts:10');
      expect(log).toHaveBeenCalledWith(expect.stringMatching(/^Function failed: Error: no\n.*handler\.ts:10/));
      mapped.remove();
    });

    it.each(['never', 'spins'])(
      'when it %s, then it times out and the next invocation has a fresh instance',
      async (handler) => {
        const stuck = pool(handler, { timeoutSeconds: 0.1 }, 1);
        for (const requestId of ['first', 'second']) {
          await expect(stuck.invoke({}, requestId)).rejects.toMatchObject({
            payload: {
              errorType: 'Sandbox.Timedout',
              errorMessage: `RequestId: ${requestId} Error: Task timed out after 0.10 seconds`,
            },
          });
        }
      },
    );

    it.each([
      ['exits', 'Runtime.ExitError', /^RequestId: .* Error: Runtime exited with error: exit status 3$/],
      ['throwsLater', 'RangeError', /^late$/],
      ['rejectsAside', 'Runtime.UnhandledPromiseRejection', /^Error: aside$/],
      ['hoards', 'Runtime.OutOfMemory', /signal: killed$/],
    ])(
      'when it %s, then it fails with %s and the next invocation has a fresh instance',
      async (handler, type, message) => {
        const dying = pool(handler, { memoryMegabytes: 32 }, 1);
        for (const requestId of ['first', 'second']) {
          const payload = { errorType: type, errorMessage: expect.stringMatching(message) as string };
          await expect(dying.invoke({}, requestId)).rejects.toMatchObject({ payload });
        }
      },
    );

    it('when its answer is nothing that JSON can hold, or too big, then it fails', async () => {
      await expect(failure('cycle')).resolves.toMatchObject({ errorType: 'Runtime.JSONStringifyError' });
      const big = pool('big');
      const limit = 6_291_556;
      await expect(big.invoke(limit - 2)).resolves.toHaveLength(limit - 2);
      await expect(big.invoke(limit - 1)).rejects.toMatchObject({
        payload: { errorType: 'Function.ResponseSizeTooLarge' },
      });
    });

    it('when its event is too big, then it is not run', async () => {
      const event = 'x'.repeat(6_291_456);
      await expect(pool('echo').invoke(event)).rejects.toMatchObject({
        payload: { errorType: 'RequestTooLargeException' },
      });
    });
  });

  describe('given a bundle that cannot be loaded', () => {
    it.each([
      ['callback', 'Runtime.CallbackHandlerDeprecated', 'callback takes a callback'],
      ['missing', 'Runtime.HandlerNotFound', 'missing is undefined or not exported'],
    ])('when its handler is %s, then the error is %s', async (handler, errorType, reason) => {
      const { bundle } = fixture.model(handler);
      const errorMessage = expect.stringContaining(`Function could not load ${bundle}: ${reason}`) as string;
      await expect(failure(handler)).resolves.toMatchObject({ errorType, errorMessage });
    });

    it.each([
      ['a module that is not there', 'require("./not-there")', 'Runtime.ImportModuleError'],
      ['bad syntax', 'const', 'Runtime.UserCodeSyntaxError'],
      ['an error at its top', 'throw new RangeError("top")', 'RangeError'],
    ])('when it has %s, then the error says which function and bundle', async (_what, source, errorType) => {
      const broken = bundleFixture(source);
      const { bundle } = broken.model('handler');
      const errorMessage = expect.stringContaining(`Function could not load ${bundle}: `) as string;
      await expect(failure('handler', { bundle })).resolves.toMatchObject({ errorType, errorMessage });
      broken.remove();
    });

    it('when warmed, then that is logged and nothing is thrown', async () => {
      await pool('missing').warm();
      expect(log).toHaveBeenCalledWith(expect.stringContaining('missing is undefined or not exported'));
    });
  });

  describe('given a pool that stops', () => {
    it('when an invocation runs, then it is let finish, and those that wait are rejected', async () => {
      const stopping = pool('thread', {}, 1);
      await stopping.warm();
      const running = stopping.invoke({});
      const waiting = expect(stopping.invoke({})).rejects.toThrow('Function is stopping.');
      const stopped = performance.now();
      await stopping.stop();
      expect(performance.now() - stopped).toBeLessThan(1_500);
      await expect(running).resolves.toEqual(expect.any(Number));
      await waiting;
      await expect(stopping.invoke({})).rejects.toThrow('Function is stopping.');
    });

    it('when an invocation does not end, then it is ended after 2 seconds', async () => {
      const stopping = pool('never', { timeoutSeconds: 60 });
      await stopping.warm();
      const running = expect(stopping.invoke({})).rejects.toThrow('Runtime exited');
      await stopping.stop();
      await running;
    });
  });
});

function invokeTimes(invoked: FunctionPool, times: number): Promise<unknown[]> {
  return Promise.all(Array.from({ length: times }, () => invoked.invoke({})));
}
