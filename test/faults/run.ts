import { poll } from '../../local/poll.ts';
import type { TestCloud } from '../support/test-cloud';
import { ApiClients } from './api-clients';
import { faultyClients } from './clients';
import { type Fault, FaultPlan } from './fault-plan';
import { Functions } from './functions';
import { Lambda } from './lambda';
import { logViolations } from './log-checks';
import type { Mutation } from './mutation';
import { projectionViolations } from './projection-checks';
import { Random } from './random';
import { replay } from './replay';
import type { Report } from './report';
import { clearState, readState } from './stored-state';
import { Transport } from './transport';
import { Workload } from './workload';

const DRAIN = { timeoutMilliseconds: 20_000, intervalMilliseconds: 0 };
const MOST_COMMANDS_AT_ONCE = 6;

export interface RunOptions {
  readonly seed: number;
  readonly commands: number;
  /** Probability of a fault at each occasion. */
  readonly rate: number;
  /** Only these faults; all without it. */
  readonly kinds?: readonly Fault[];
  /** A guard that is switched off. */
  readonly mutation?: Mutation;
}

let runs = 0;

/**
 * Sends commands while things go wrong, then lets the system drain without faults, and checks what has become of it.
 * One run at a time in a cloud, which it leaves empty.
 */
export async function runFaults(cloud: TestCloud, options: RunOptions): Promise<Report> {
  try {
    return await new Run(cloud, options).run();
  } finally {
    await clearState(cloud);
  }
}

class Run {
  private readonly random: Random;
  private readonly faults: FaultPlan;
  private readonly lambda: Lambda;
  private readonly functions: Functions;
  private readonly transport: Transport;
  private readonly clients: ApiClients;

  constructor(
    private readonly cloud: TestCloud,
    private readonly options: RunOptions,
  ) {
    const { seed, rate, kinds, mutation = {} } = options;
    // Of seeds of their own, so that the commands are the same whatever goes wrong.
    this.random = new Random(2 * seed);
    this.faults = new FaultPlan(new Random(2 * seed + 1), rate, kinds);
    this.lambda = new Lambda(this.faults);
    const clients = faultyClients(this.faults);

    mutation.clients?.(clients);
    this.functions = new Functions(cloud, clients, mutation);
    this.transport = new Transport(cloud, this.functions, { lambda: this.lambda, faults: this.faults }, mutation);
    this.clients = new ApiClients(this.functions.app, this.lambda);
  }

  async run(): Promise<Report> {
    await this.transport.open();
    await this.work();
    this.faults.stop();
    const isDrained = await this.drain();

    await replay(this.cloud, this.transport.streamFaults.lost, this.functions.project);
    const state = await readState(this.cloud);
    const violations = [
      ...(isDrained ? [] : ['the system does not come to rest']),
      ...this.clients.givenUp.map((id) => `${id} was given up though it met few conflicts`),
      ...logViolations(state, this.clients.sent),
      ...projectionViolations(state),
    ];

    return this.report([...state.streams.values()].flat().length, violations);
  }

  private async work(): Promise<void> {
    const workload = new Workload(this.random, ++runs);
    let left = this.options.commands;

    while (left > 0) {
      const burst = Math.min(left, 1 + this.random.below(MOST_COMMANDS_AT_ONCE));

      for (let sent = 0; sent < burst; sent++) {
        await this.clients.send(workload.next());
      }
      left -= burst;
      await this.lambda.tick();
      await this.transport.step();
    }
  }

  /** Whether, in time, every event has gone its way and nothing is left anywhere. */
  private async drain(): Promise<boolean> {
    const isDone = await poll(async () => {
      await this.lambda.tick();
      await this.transport.step();
      const { streams } = await readState(this.cloud);
      const isQuiet = this.lambda.isQuiet && (await this.transport.isQuiet([...streams.values()].flat().length));

      return isQuiet && !(await this.transport.redrive()) ? true : undefined;
    }, DRAIN);

    return isDone ?? false;
  }

  private report(events: number, violations: readonly string[]): Report {
    const { transport, functions, clients, faults, options } = this;

    return {
      seed: options.seed,
      commands: clients.sent.length,
      accepted: clients.sent.filter(({ outcome }) => outcome === 'accepted').length,
      events,
      faults: faults.counts,
      healingReads: functions.healingReads,
      resends: {
        stream: transport.fromStream.repeated,
        queue: transport.queues.reduce((sum, { repeated }) => sum + repeated, 0),
      },
      deadLetters: transport.deadLetters.reduce((sum, { redriven }) => sum + redriven, 0),
      violations,
    };
  }
}
