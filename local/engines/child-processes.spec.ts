import { once } from 'node:events';
import { join } from 'node:path';

import { poll } from '../poll.ts';
import { type Child, ChildProcesses, howEnded } from './child-processes.ts';

const GUARD = join(__dirname, 'orphan-guard.ts');

async function started(children: ChildProcesses, script: string): Promise<Child> {
  const child = children.spawn(process.execPath, [
    '-e',
    `${script}; console.log('started'); setInterval(() => {}, 1000)`,
  ]);
  await once(child.stdout, 'data');
  return child;
}

describe('ChildProcesses', () => {
  it('when it stops, then every child has ended, and no other starts', async () => {
    const children = new ChildProcesses(GUARD);
    const running = await Promise.all([started(children, ''), started(children, '')]);
    await children.stop();
    expect(running.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual(['SIGTERM', 'SIGTERM']);
    expect(() => children.spawn(process.execPath, [])).toThrow('stopping');
  });

  it('when a child does not end by itself, then it is killed', async () => {
    const children = new ChildProcesses(GUARD, 100);
    const child = await started(children, "process.on('SIGTERM', () => {})");
    const end = howEnded(child);
    await children.stop();
    expect(await end).toBe('exit code 137');
  });

  it('when the process that started them is killed, then they end, too', async () => {
    const script = `
      const { ChildProcesses } = require(${JSON.stringify(join(__dirname, 'child-processes.ts'))});
      const child = new ChildProcesses(${JSON.stringify(GUARD)}).spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log(child.pid);`;
    const children = new ChildProcesses(GUARD);
    const parent = children.spawn(process.execPath, ['-e', script]);
    const [output] = (await once(parent.stdout, 'data')) as [Buffer];
    const orphan = Number(output.toString());
    expect(isRunning(orphan)).toBe(true);
    parent.kill('SIGKILL');
    expect(await poll(() => Promise.resolve(isRunning(orphan) ? undefined : 'gone'), patience)).toBe('gone');
    await children.stop();
  });
});

const patience = { timeoutMilliseconds: 10_000, intervalMilliseconds: 20 };

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
