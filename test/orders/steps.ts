import { AccountDeposited } from '../support/account';
import type { ActorName } from './actors';
import { isRead, outcomesOf } from './answers';
import type { Call, Executions, Node } from './execution';
import { batchesFor, batchOf, failuresIn, finish, type Mapping, mappingOf, MAPPINGS, release } from './invocations';
import { before, interventions, isQuiet, operated } from './operators';
import { ALL, isUndisturbed, type Stage, STAGES, STAGES_OF_ACCOUNTS } from './stages';
import { accountIn, type Running, type State } from './state';
import type { Bounds, Step } from './step';
import { streamFaults } from './stream-faults';
import { beginning, doing, who } from './telling';

/** All that may happen in a state. */
export class Steps {
  constructor(
    private readonly executions: Executions,
    private readonly bounds: Bounds,
    private readonly leavesOut = true,
    private readonly answer: (answer: unknown) => unknown = (answer) => answer,
  ) {}

  /**
   * Some steps need not wait, since whatever else happens meanwhile makes no difference to them nor they to it; then these are all.
   * This leaves out orders, and no outcome, as long as nothing else ties the accounts together, such as an instance's memory:
   * - a read of what nobody can be writing;
   * - what happens to one account's messages, where no batch holds those of both: first one's, then the other's;
   * - all that happens before a queue, adaptor first: nobody behind it is asked, and a batch is any beginning of what waits, so that it is
   *   the same batch when more has come. Only operators write to the queue from the other side: while one may, the broker has to wait.
   */
  async of(state: State): Promise<Step[]> {
    const read = this.leavesOut && this.firstRead(state);

    if (read) {
      return [...(await this.answers(state, read.running, read.call)), ...this.lateness(state, read.running)];
    }
    for (const stage of this.leavesOut ? this.stages(state) : [].filter((stage) => this.isAtWork(state, stage))) {
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

    return stages.filter(({ actors, account }) => actors.includes('adaptor') || isUndisturbed(state, account));
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
    const steps = await allOf(running, (each) => this.ofRunning(state, each));

    if (state.running.length < this.bounds.running && !(mapping.from === 'retries' && state.denied)) {
      for (const actor of mapping.actors) {
        if (actor === 'old processor' && (state.faults === 0 || !this.bounds.oldCode)) {
          continue;
        }
        for (const taken of this.batches(state, mapping, account)) {
          steps.push(...(await this.start(state, actor, taken)));
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

  private async ofRunning(state: State, running: Running): Promise<Step[]> {
    const node = this.executions.node(running.node);
    const steps: Step[] = [];

    for (const call of node.calls) {
      steps.push(...(await this.answers(state, running, call)));
    }
    if (state.faults > 0 && !node.calls.every(isRead)) {
      steps.push({
        told: () => `${this.who(running)} crashes.`,
        kind: 'crash',
        by: () => this.who(running),
        state: crashed({ ...state, faults: state.faults - 1 }, running),
      });
    }
    return [...steps, ...this.lateness(state, running)];
  }

  /** A queue gives its messages out again although the function is still at work. */
  private lateness(state: State, running: Running): Step[] {
    const mapping = mappingOf(running.actor);

    if (running.late || state.faults === 0 || mapping?.from !== 'queue') {
      return [];
    }
    const free = release({ ...state, faults: state.faults - 1 }, mapping, running.taken, () => true);

    return [
      {
        by: () => this.who({ ...running, late: true }),
        kind: 'late',
        told: () => `${this.who(running)} takes so long that its messages are in the queue again.`,
        state: { ...free, running: replaced(state, running, { ...running, taken: {}, late: true, disturbed: true }) },
      },
    ];
  }

  private async start(state: State, actor: ActorName, taken: Running['taken']): Promise<Step[]> {
    const mapping = mappingOf(actor);
    const bodies = mapping ? batchOf(state, mapping, taken).map(({ body }) => body) : [];
    const memories = [...new Set(state.warm.filter((each) => each.actor === actor).map(({ memory }) => memory)), 0];
    const steps: Step[] = [];

    for (const memory of memories) {
      const node = await this.executions.start({ actor, bodies, memory, run: mapping ? 0 : state.runs + 1 });
      const at = state.warm.findIndex((each) => each.actor === actor && each.memory === memory);
      const old = actor === 'old processor' ? 1 : 0;
      const running: Running = { node: node.id, actor, taken, late: false, disturbed: false };
      const begun = { ...state, warm: state.warm.filter((_, index) => index !== at), faults: state.faults - old };

      const told = () => `${this.who(running)} ${beginning(running, memory > 0)}.`;

      steps.push({
        ...this.after({ ...begun, running: [...state.running, running] }, running, node, told),
        kind: actor,
      });
    }
    return steps;
  }

  private async answers(state: State, running: Running, call: Call): Promise<Step[]> {
    const node = this.executions.node(running.node);
    const steps: Step[] = [];

    for (const { state: then, said, trouble } of outcomesOf(state, call)) {
      const told = () => `${this.who(running)} ${doing(call)}${trouble ? `, which ${trouble}` : ''}.`;
      const kind = trouble?.replace(/[ab]\d/, 'one');

      if (!said) {
        steps.push({ told, by: () => this.who(running), kind, state: crashed(then, running) });
        continue;
      }
      const next = await this.executions.answer(node, call, said);
      const moved = { ...running, node: next.id, disturbed: running.disturbed || trouble !== undefined };

      steps.push({
        ...this.after({ ...then, running: replaced(then, running, moved) }, moved, next, told),
        kind,
        ...overtaking(state, running, call, said),
      });
    }
    return steps;
  }

  /** What follows at once when an execution has come to its end. */
  private after(state: State, running: Running, { result, memory }: Node, told: () => string): Step {
    if (!result) {
      return { told, by: () => this.who(running), state };
    }
    const answer = this.answer('value' in result ? result.value : undefined);
    const idle = memory === 0 ? state.warm : [...state.warm, { actor: running.actor, memory }];
    const done = finish(
      { ...state, running: state.running.filter((other) => other !== running), warm: idle },
      running,
      answer,
    );
    const failed = failuresIn(answer);
    const isStuck = mappingOf(running.actor)?.kind === 'stream' && !running.disturbed && failed.length > 0;

    return {
      told: () =>
        `${told()}${mappingOf(running.actor) && failed.length > 0 ? ` It answers that ${failed === 'all' ? 'nothing' : 'not all'} is done.` : ''}`,
      by: () => this.who(running),
      state: operated(done, running.actor, result),
      ...(isStuck && {
        violation: `${this.who(running)} fails although nothing goes wrong: so it will for ever, and all behind it waits.`,
      }),
    };
  }

  private async ofOperators(state: State): Promise<Step[]> {
    const running = state.running.filter(({ actor }) => !mappingOf(actor));
    const steps = await allOf(running, (each) => this.ofRunning(state, each));

    for (const actor of interventions(state, this.bounds.running)) {
      const isLast = isQuiet(state);
      const begun = { ...state, interventions: state.interventions - (isLast ? 0 : 1), ...before(actor) };

      steps.push(
        ...(await this.start(begun, actor, {})).map((step) => ({
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

  private who(running: Running): string {
    return who(running, this.executions.node(running.node).start.bodies);
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

function replaced(state: State, running: Running, other: Running): Running[] {
  return state.running.map((each) => (each === running ? other : each));
}

function crashed(state: State, running: Running): State {
  const mapping = mappingOf(running.actor);
  const ended = { ...state, running: state.running.filter((other) => other !== running) };

  return mapping && !running.late ? release(ended, mapping, running.taken, () => true) : ended;
}

/** Without a fault of the transport, no event may be applied in the place of another before it. */
function overtaking(
  state: State,
  { actor }: Running,
  call: Call,
  said: { output: object } | { error: object },
): Pick<Step, 'violation'> {
  const found =
    'output' in said && call.command === 'QueryCommand' && actor.includes('processor')
      ? (said.output as { Items: { event: { $name: string } }[] }).Items.filter(
          ({ event }) => event.$name !== AccountDeposited.$name,
        )
      : [];

  return found.length > 0 && !state.disordered
    ? { violation: 'An event has overtaken one before it, although the transport kept their order.' }
    : {};
}
