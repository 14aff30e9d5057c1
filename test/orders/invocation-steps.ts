import type { ActorName } from './actors';
import { isRead, outcomesOf } from './answers';
import { overtaking } from './checks';
import type { Call, Executions, Node } from './execution';
import { batchOf, failuresIn, finish, mappingOf, release } from './invocations';
import { operated } from './operators';
import type { Running, State } from './state';
import type { Step } from './step';
import { beginning, doing, who } from './telling';

/** How invocations begin, go on and end. */
export class InvocationSteps {
  /** @param answer what a function answers, from what it would answer */
  constructor(
    private readonly executions: Executions,
    private readonly answer: (answer: unknown) => unknown = (answer) => answer,
  ) {}

  /** What may become of each call that it waits for; and it may crash. */
  async goingOn(state: State, running: Running): Promise<Step[]> {
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
  lateness(state: State, running: Running): Step[] {
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

  /** With what is taken, by a cold instance or by one that remembers something. */
  async start(state: State, actor: ActorName, taken: Running['taken']): Promise<Step[]> {
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

  /** What may become of a call. */
  async answers(state: State, running: Running, call: Call): Promise<Step[]> {
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

  private who(running: Running): string {
    return who(running, this.executions.node(running.node).start.bodies);
  }
}

function replaced(state: State, running: Running, other: Running): Running[] {
  return state.running.map((each) => (each === running ? other : each));
}

function crashed(state: State, running: Running): State {
  const mapping = mappingOf(running.actor);
  const ended = { ...state, running: state.running.filter((other) => other !== running) };

  return mapping && !running.late ? release(ended, mapping, running.taken, () => true) : ended;
}
