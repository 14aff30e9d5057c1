import type { TestCloud } from '../support/test-cloud';
import { Adversities } from './adversities';
import { ApiClients } from './api-clients';
import { bystanderViolations } from './bystanders';
import { faultyClients } from './clients';
import { type Drained, drain } from './drain';
import { fingerprint } from './fingerprint';
import { Functions } from './functions';
import { inGroupBatches } from './group-batches';
import { Lambda } from './lambda';
import { type Losses, lossesOf } from './losses';
import { Poison } from './poison';
import { Quarantine } from './quarantine';
import { Random } from './random';
import { withPatience } from './redrive-policy';
import { replay } from './replay';
import type { Report } from './report';
import type { RunOptions } from './run-options';
import { clearQueues } from './queues';
import { clearState, readState, type StoredState } from './stored-state';
import { Transport } from './transport';
import { type Healed, violationsOf } from './violations';
import { Workload } from './workload';

const MOST_COMMANDS_AT_ONCE = 6;
/** Receives after which nobody waits any more for a queue: more than one that is denied for a while takes. */
const PATIENCE = 20;
/** Where a queue is denied for ever: an aggregate's events go one after another. */
const LITTLE_PATIENCE = 2;

let runs = 0;

/**
 * Sends commands while things go wrong, then lets the system drain without faults, and checks what has become of it.
 * One run at a time in a cloud, which it leaves empty. Its options decide everything, but for a run that takes longer
 * than five minutes. SQS remembers deduplication ids no longer: such a run may see a message twice, or not, by the machine's speed.
 */
export async function runFaults(cloud: TestCloud, options: RunOptions): Promise<Report> {
  const undo = await options.mutation?.cloud?.(cloud);

  try {
    await withPatience(cloud, options.denied === undefined ? PATIENCE : LITTLE_PATIENCE);
    return await new Run(cloud, options).run();
  } finally {
    await undo?.();
    await clearState(cloud);
    await clearQueues(cloud);
  }
}

class Run implements Drained, Healed {
  private readonly number = ++runs;
  private readonly random: Random;
  readonly adversities: Adversities;
  readonly lambda: Lambda;
  private readonly functions: Functions;
  readonly transport: Transport;
  readonly quarantine: Quarantine;
  readonly clients: ApiClients;
  readonly poison?: Poison;

  constructor(
    readonly cloud: TestCloud,
    private readonly options: RunOptions,
  ) {
    const { seed, poisoned, groupBatches, mutation = {} } = options;

    this.random = new Random(2 * seed);
    this.adversities = new Adversities(cloud, options, this.number);
    const { faults } = this.adversities;
    const clients = faultyClients(this.adversities);

    mutation.clients?.(clients);
    this.lambda = new Lambda(faults);
    this.functions = new Functions(cloud, clients, { faults, mutation });
    this.quarantine = new Quarantine(cloud, this.functions);
    this.poison = poisoned ? new Poison(this.functions.handlers[0]!) : undefined;
    const { functions, lambda, number: run } = this;
    const project = groupBatches ? inGroupBatches(cloud, functions.project) : functions.project;

    this.transport = new Transport(cloud, { functions, project, lambda, faults, run }, mutation);
    this.clients = new ApiClients(functions, lambda, faults);
  }

  async run(): Promise<Report> {
    await this.work();
    this.adversities.stop();
    const isDrained = await drain(this, this.options.commands);
    const heldUp = await this.heldUp();

    this.adversities.mend();
    await this.quarantine.redrive();
    const lost = await this.heal();
    const isHealed = isDrained && (await drain(this, this.options.commands));
    const state = await readState(this.cloud);
    const violations = isHealed ? [] : ['the system does not come to rest'];

    return this.report(state, lost, [...violations, ...heldUp, ...violationsOf(state, this)]);
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
      await this.adversities.strangers.come();
      this.adversities.denied.tick();
      await this.lambda.tick();
      await this.transport.step();
    }
  }

  /** What is not as it should be, before anybody redrives or replays, though nothing of it was set aside or lost. */
  private async heldUp(): Promise<string[]> {
    const aside = (await this.quarantine.take()).map(({ reference }) => reference.id);
    const { affected } = this.transport.streamFaults;

    return bystanderViolations(await readState(this.cloud), new Set([...aside, ...affected]));
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
    const { transport, functions, clients, adversities, options, quarantine } = this;

    return {
      seed: options.seed,
      commands: clients.sent.length,
      accepted: clients.sent.filter(({ outcome }) => outcome === 'accepted').length,
      events: [...streams.values()].flat().length,
      faults: adversities.faults.counts,
      healingReads: functions.healingReads,
      resends: {
        stream: transport.fromStream.repeated,
        queue: transport.queues.reduce((sum, { repeated }) => sum + repeated, 0),
      },
      deadLetters: transport.redriven.length,
      quarantined: quarantine.taken.length,
      lost: { cameAgain, healed, replayed: unhealed.length },
      violations,
      fingerprint: fingerprint(clients.sent, streams),
    };
  }
}
