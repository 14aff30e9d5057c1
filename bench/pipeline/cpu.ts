import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import type { Table } from '../support/benchmark';

/** Of the clock that Linux counts processor time with. */
const TICKS_A_SECOND = 100;

/** What a child of the local cloud is, by a part of its command line. */
const ENGINES = {
  dynoxide: 'DynamoDB (dynoxide)',
  'kinesis-server': 'Kinesis (kinesis-local)',
  'fauxqs-server': 'SQS (fauxqs)',
} as const;

const OWN = 'this program: clients';

/** Where the processor time of a local cloud goes. Empty where there is no `/proc`. */
export class Cpu {
  private readonly seconds = new Map<string, number>();
  private wallSeconds = 0;

  /** @param cloud process id */
  constructor(private readonly cloud: number) {}

  /** Adds what is used while something runs. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const [start, before] = [performance.now(), this.used()];
    const result = await work();
    const after = this.used();

    this.wallSeconds += (performance.now() - start) / 1000;
    for (const [name, seconds] of after) {
      this.seconds.set(name, (this.seconds.get(name) ?? 0) + seconds - (before.get(name) ?? 0));
    }
    return result;
  }

  table(): Table {
    const available = this.wallSeconds * availableParallelism();

    return {
      columns: ['process', 'processor seconds', `% of ${availableParallelism()} cores`],
      rows: [...this.seconds]
        .toSorted(([, one], [, other]) => other - one)
        .map(([name, seconds]) => [name, seconds, (100 * seconds) / available]),
    };
  }

  /** Processor seconds so far. */
  private used(): Map<string, number> {
    const whole = secondsOf(`/proc/${this.cloud}/stat`);
    const main = secondsOf(`/proc/${this.cloud}/task/${this.cloud}/stat`);

    if (!whole || !main) {
      return new Map();
    }
    const { user, system } = process.cpuUsage();

    return new Map([
      ['local cloud, main thread: API and mappings', main.seconds],
      ['local cloud, other threads: functions', whole.seconds - main.seconds],
      [OWN, (user + system) / 1e6],
      ...this.engines(),
    ]);
  }

  private engines(): [string, number][] {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));

    return pids.flatMap((pid): [string, number][] => {
      const stat = secondsOf(`/proc/${pid}/stat`);

      if (stat?.parent !== this.cloud) {
        return [];
      }
      const command = read(`/proc/${pid}/cmdline`) ?? '';
      const engine = Object.entries(ENGINES).find(([part]) => command.includes(part));

      return engine ? [[engine[1], stat.seconds]] : [];
    });
  }
}

/** From a process' or a thread's `stat`; `undefined` where it has ended. */
function secondsOf(file: string): { parent: number; seconds: number } | undefined {
  const stat = read(file);
  // What stands before is the program's name in brackets, which may hold spaces: proc_pid_stat(5), from field 3 on.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');

  return fields && { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
