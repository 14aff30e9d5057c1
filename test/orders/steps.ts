import type { Call, Executions } from './execution';
import type { InvocationSteps } from './invocation-steps';
import { batchesFor, batchOf, type Mapping, mappingOf, MAPPINGS } from './invocations';
import { before, interventions, isQuiet } from './operators';
import { ALL, isUndisturbed, isUrgent, type Stage, STAGES, STAGES_OF_ACCOUNTS } from './stages';
import { accountIn, type Running, type State } from './state';
import type { Bounds, Step } from './step';
import { streamFaults } from './stream-faults';

/** All that may happen in a state. */
export class Steps {
  constructor(
    private readonly executions: Executions,
    private readonly invocations: InvocationSteps,
    private readonly bounds: Bounds,
    /** Whether orders are left out that make no difference. */
    private readonly leavesOut: boolean,
  ) {}

  /**
   * Some steps need not wait, since whatever else happens meanwhile makes no difference to them nor they to it; then these are all.
   * This leaves out orders, and no outcome for an account, as long as nothing else ties the accounts together. An instance's memory might,
   * which the code under search does not have, and a permission that is gone, which meets one account at a time:
   * - a read of what nobody can be writing;
   * - what happens to one account's messages, where no batch holds those of both: first one's, then the other's;
   * - all that happens before a queue, adaptor first: nobody behind it is asked, and a batch is any beginning of what waits, so that it is
   *   the same batch when more has come. Only operators write to the queue from the other side: while one may, the broker has to wait.
   */
  async of(state: State): Promise<Step[]> {
    const read = this.leavesOut && this.firstRead(state);

    if (read) {
      return [
        ...(await this.invocations.answers(state, read.running, read.call)),
        ...this.invocations.lateness(state, read.running),
      ];
    }
    for (const stage of this.stages(state)) {
      const steps = await this.ofStage(state, stage);

      if (steps.length > 0) {
        return steps;
      }
    }
    return [...(await this.ofStage(state, { actors: ALL })), ...(await this.ofOperators(state))];
  }

  private async ofStage(state: State, { actors, account }: Stage): Promise<Step[]> {
    const mappings = MAPPINGS.filter(({ actors: [actor] }) => actors.includes(actor!));
    const steps = await allOf(mappings, (mapping) => this.ofMapping(state, mapping, account));

    if (state.denied && actors.includes('broker')) {
      steps.push({
        kind: 'mended',
        told: () => 'Somebody gives the broker its permission back.',
        by: () => '',
        state: { ...state, denied: false },
      });
    }
    return actors.includes('adaptor') ? [...steps, ...streamFaults(state)] : steps;
  }

  private stages(state: State): readonly Stage[] {
    const stages = this.bounds.mixed ? STAGES : STAGES_OF_ACCOUNTS;

    return this.leavesOut ? stages.filter((stage) => isUrgent(state, stage) && this.isAtWork(state, stage)) : [];
  }

  private isAtWork(state: State, { actors, account }: Stage): boolean {
    return (
      state.running.some((running) => actors.includes(running.actor) && this.isOf(running, account)) ||
      MAPPINGS.some(
        ({ actors: [actor], from }) =>
          actors.includes(actor!) &&
          Object.values(state.channels[from]).some((items) =>
            items.some(({ event }) => !account || event.startsWith(account)),
          ),
      )
    );
  }

  private isOf({ node }: Running, account: string | undefined): boolean {
    return !account || this.executions.node(node).start.bodies.some((body) => accountIn(body) === account);
  }

  private async ofMapping(state: State, mapping: Mapping, account?: string): Promise<Step[]> {
    const running = state.running.filter((each) => mapping.actors.includes(each.actor) && this.isOf(each, account));
    const steps = await allOf(running, (each) => this.invocations.goingOn(state, each));

    if (state.running.length < this.bounds.running && !(mapping.from === 'retries' && state.denied)) {
      for (const actor of mapping.actors) {
        if (actor === 'old processor' && (state.faults === 0 || !this.bounds.oldCode)) {
          continue;
        }
        for (const taken of this.batches(state, mapping, account)) {
          steps.push(...(await this.invocations.start(state, actor, taken)));
        }
      }
    }
    return steps;
  }

  private batches(state: State, mapping: Mapping, account: string | undefined): Running['taken'][] {
    const isAllowed = (taken: Running['taken']) => {
      const ids = new Set(batchOf(state, mapping, taken).map(({ body }) => accountIn(body)));

      return (!account || ids.has(account)) && (this.bounds.mixed || mapping.from === 'log' || ids.size === 1);
    };

    return batchesFor(state, mapping, this.bounds.batch).filter(isAllowed);
  }

  private async ofOperators(state: State): Promise<Step[]> {
    const running = state.running.filter(({ actor }) => !mappingOf(actor));
    const steps = await allOf(running, (each) => this.invocations.goingOn(state, each));

    for (const actor of interventions(state, this.bounds.running)) {
      const isLast = isQuiet(state);
      const begun = { ...state, interventions: state.interventions - (isLast ? 0 : 1), ...before(actor) };

      steps.push(
        ...(await this.invocations.start(begun, actor, {})).map((step) => ({
          ...step,
          state: { ...step.state, runs: state.runs + 1 },
        })),
      );
    }
    return steps;
  }

  private firstRead(state: State): { running: Running; call: Call } | undefined {
    for (const running of state.running) {
      const { calls, start } = this.executions.node(running.node);

      for (const call of calls) {
        if (
          call.command === 'QueryCommand' ||
          (call.command === 'GetItemCommand' && this.isAlone(state, running, start.bodies))
        ) {
          return { running, call };
        }
      }
    }
    return undefined;
  }

  /** Nobody else has to do with its accounts, now or until it answers. */
  private isAlone(state: State, running: Running, bodies: readonly number[]): boolean {
    const accounts = new Set(bodies.map(accountIn));

    return (
      !running.late &&
      [...accounts].every((account) => isUndisturbed(state, account)) &&
      state.running.every(
        (other) =>
          other === running ||
          !this.executions.node(other.node).start.bodies.some((body) => accounts.has(accountIn(body))),
      )
    );
  }
}

/** One after another: only one execution is under way at a time. */
async function allOf<T>(items: readonly T[], stepsOf: (item: T) => Promise<Step[]>): Promise<Step[]> {
  const steps: Step[] = [];

  for (const item of items) {
    steps.push(...(await stepsOf(item)));
  }
  return steps;
}
