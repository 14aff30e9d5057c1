import type { TestCloud } from '../support/test-cloud';
import { ApiClients } from './api-clients';
import { faultyClients } from './clients';
import { type Drained, drain } from './drain';
import { FaultPlan } from './fault-plan';
import { fingerprint } from './fingerprint';
import { Functions } from './functions';
import { inGroupBatches } from './group-batches';
import { Lambda } from './lambda';
import { logViolations } from './log-checks';
import { type Losses, lossesOf } from './losses';
import { Poison } from './poison';
import { projectionViolations } from './projection-checks';
import { Random } from './random';
import { replay } from './replay';
import type { Report } from './report';
import type { RunOptions } from './run-options';
import { snapshotViolations } from './snapshot-checks';
import { clearQueues } from './queues';
import { clearState, readState, type StoredState } from './stored-state';
import { Transport } from './transport';
import { Workload } from './workload';

const MOST_COMMANDS_AT_ONCE = 6;

let runs = 0;

/**
 * Sends commands while things go wrong, then lets the system drain without faults, and checks what has become of it.
 * One run at a time in a cloud, which it leaves empty. Its options decide everything, but for a run that takes longer
 * than five minutes. SQS remembers deduplication ids no longer: such a run may see a message twice, or not, by the machine's speed.
 */
export async function runFaults(cloud: TestCloud, options: RunOptions): Promise<Report> {
  const undo = await options.mutation?.cloud?.(cloud);

  try {
    return await new Run(cloud, options).run();
  } finally {
    await undo?.();
    await clearState(cloud);
    await clearQueues(cloud);
  }
}

class Run implements Drained {
  private readonly number = ++runs;
  private readonly random: Random;
  private readonly faults: FaultPlan;
  readonly lambda: Lambda;
  private readonly functions: Functions;
  readonly transport: Transport;
  private readonly clients: ApiClients;
  readonly poison?: Poison;

  constructor(
    readonly cloud: TestCloud,
    private readonly options: RunOptions,
  ) {
    const { seed, rate, kinds, poisoned, groupBatches, mutation = {} } = options;
    // Of seeds of their own, so that the commands are the same whatever goes wrong.
    this.random = new Random(2 * seed);
    this.faults = new FaultPlan(new Random(2 * seed + 1), rate, kinds);
    this.lambda = new Lambda(this.faults);
    const clients = faultyClients(this.faults);

    mutation.clients?.(clients);
    this.functions = new Functions(cloud, clients, mutation);
    this.poison = poisoned ? new Poison(this.functions.handlers[0]!) : undefined;
    const { functions, lambda, faults, number: run } = this;
    const project = groupBatches ? inGroupBatches(cloud, functions.project) : functions.project;

    this.transport = new Transport(cloud, { functions, project, lambda, faults, run }, mutation);
    this.clients = new ApiClients(functions.apps, lambda);
  }

  async run(): Promise<Report> {
    await this.work();
    this.faults.stop();
    const isDrained = await drain(this, this.options.commands);
    const lost = await this.heal();
    const isHealed = await drain(this, this.options.commands);
    const state = await readState(this.cloud);
    const violations = [
      ...(isDrained && isHealed ? [] : ['the system does not come to rest']),
      ...this.clients.givenUp.map((id) => `${id} was given up though it met few conflicts`),
      ...this.clients.forgotten.map((id) => `${id} was accepted, and got another answer when it came again`),
      ...logViolations(state, this.clients.sent),
      ...snapshotViolations(state),
      ...projectionViolations(state),
      ...(this.poison?.violations(state, this.transport.redriven) ?? []),
    ];

    return this.report(state, lost, violations);
  }

  private async work(): Promise<void> {
    const workload = new Workload(this.random, this.number);
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

  /** Replays the aggregates to which no later event brings what a stream has lost. */
  private async heal(): Promise<Losses> {
    const { functions, transport, cloud } = this;
    const { streams } = await readState(cloud);
    const { delivered } = transport.fromStream;
    const losses = lossesOf(transport.streamFaults.lost, { streams, handlers: functions.handlers, delivered });

    await replay(new Set(losses.unhealed.map(({ aggregateId }) => aggregateId)), functions);
    return losses;
  }

  private report({ streams }: StoredState, { cameAgain, healed, unhealed }: Losses, violations: string[]): Report {
    const { transport, functions, clients, faults, options } = this;

    return {
      seed: options.seed,
      commands: clients.sent.length,
      accepted: clients.sent.filter(({ outcome }) => outcome === 'accepted').length,
      events: [...streams.values()].flat().length,
      faults: faults.counts,
      healingReads: functions.healingReads,
      resends: {
        stream: transport.fromStream.repeated,
        queue: transport.queues.reduce((sum, { repeated }) => sum + repeated, 0),
      },
      deadLetters: transport.redriven.length,
      lost: { cameAgain, healed, replayed: unhealed.length },
      violations,
      fingerprint: fingerprint(clients.sent, streams),
    };
  }
}
