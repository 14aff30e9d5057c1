import { hash } from 'node:crypto';

import { wrongAtEnd, wrongNow } from './checks';
import { controlMachine } from './controlled-machine';
import { Executions } from './execution';
import { InvocationSteps } from './invocation-steps';
import type { Mutation } from './mutation';
import { fingerprint, initialState, type State } from './state';
import type { Bounds, Step } from './step';
import { shortest } from './story';
import { Steps } from './steps';

export interface World extends Bounds, Pick<State, 'faults' | 'interventions'> {
  /** No order is left out, not even one that makes no difference. */
  readonly leavesOutNothing?: boolean;
}

export interface Found {
  readonly violation: string;
  /** What happened, sentence by sentence. */
  readonly story: readonly string[];
}

export interface Report {
  readonly states: number;
  readonly transitions: number;
  /** Steps to the state that is farthest away. */
  readonly depth: number;
  readonly ends: number;
  /** How often the real code was executed: up to a call, or to its end. */
  readonly executions: number;
  /** What was met that is remarkable: who began, and what went wrong. */
  readonly met: readonly string[];
  /** The first violation; absent: there is none. */
  readonly found?: Found;
}

/** Visits every state once, nearest first, until one violates what must hold: by the shortest way there is. */
export async function search(world: World, mutation: Mutation = {}): Promise<Report> {
  const executions = new Executions(mutation);
  const giveBack = controlMachine(executions.newId);
  const undo = mutation.code?.();

  try {
    const invocations = new InvocationSteps(executions, mutation.answer);
    const [steps, allSteps] = [true, false].map(
      (leavesOut) => new Steps(executions, invocations, world, leavesOut && !world.leavesOutNothing),
    );

    return await new Search(steps!, allSteps!, executions).from(initialState(world));
  } finally {
    undo?.();
    giveBack();
  }
}

/** How a state was reached: from which one, by which of its steps. */
interface Origin {
  readonly parent: number;
  readonly step: number;
}

class Search {
  private readonly visited = new Set<string>();
  private readonly origins: Origin[] = [];
  private readonly met = new Set<string>();
  private transitions = 0;
  private ends = 0;
  private depth = 0;

  constructor(
    private readonly steps: Steps,
    /** The same without leaving out any order. */
    private readonly allSteps: Steps,
    private readonly executions: Executions,
  ) {}

  async from(start: State): Promise<Report> {
    let frontier = this.add(start, { parent: -1, step: 0 }, []);

    for (; frontier.length > 0; this.depth++) {
      const next: typeof frontier = [];

      for (const { state, index } of frontier) {
        const steps = await this.steps.of(state);

        this.transitions += steps.length;
        if (steps.length === 0) {
          this.ends++;
        }
        const wrong = steps.length === 0 ? wrongAtEnd(state) : undefined;

        if (wrong !== undefined) {
          return this.report(await this.tell(start, wrong, { parent: index, step: -1 }));
        }
        for (const [step, { state: then, violation, kind }] of steps.entries()) {
          if (kind) this.met.add(kind);

          const wrong = violation ?? wrongNow(then);

          if (wrong !== undefined) {
            return this.report(await this.tell(start, wrong, { parent: index, step }));
          }
          this.add(then, { parent: index, step }, next);
        }
      }
      frontier = next;
    }
    return this.report();
  }

  private add<T extends { state: State; index: number }[]>(state: State, origin: Origin, frontier: T): T {
    const key = hash('sha1', fingerprint(state), 'base64').slice(0, 16);

    if (!this.visited.has(key)) {
      this.visited.add(key);
      frontier.push({ state, index: this.origins.push(origin) - 1 });
    }
    return frontier;
  }

  /** Executes once more what led to a violation. */
  private async tell(start: State, violation: string, last: Origin): Promise<Found> {
    const trace: Origin[] = last.step < 0 ? [] : [last];

    for (let { parent } = last; parent > 0; { parent } = this.origins[parent]!) {
      trace.unshift(this.origins[parent]!);
    }
    const story: Step[] = [];
    let state = start;

    for (const { step } of trace) {
      const taken = (await this.steps.of(state))[step]!;

      story.push(taken);
      ({ state } = taken);
    }
    return { violation, story: await shortest(start, { story, violation }, this.allSteps) };
  }

  private report(found?: Found): Report {
    const { transitions, depth, ends } = this;
    const { executed } = this.executions;

    return {
      states: this.visited.size,
      transitions,
      depth,
      ends,
      executions: executed,
      met: [...this.met].sort(),
      ...(found && { found }),
    };
  }
}
