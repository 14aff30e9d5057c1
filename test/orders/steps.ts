import type { ActorName } from './actors';
import { isRead, outcomesOf } from './answers';
import { itemsOf, put, replaceFirst } from './channels';
import type { Call, Executions, Node } from './execution';
import { batchesFor, batchOf, failuresIn, finish, type Mapping, mappingOf, MAPPINGS, release } from './invocations';
import { entriesOf, targetOf, withLanes } from './queues';
import { accountsIn, type Channel, isEmpty, type Running, type State } from './state';
import { textOf } from './texts';
import { decodeMessage } from '../../src/event-store/events/event-decoder';
import { AccountDeposited } from '../support/account';
import { nameOf } from './small-log';

/** What may happen next. */
export interface Step {
  /** A sentence of the story. */
  readonly told: () => string;
  readonly state: State;
  /** What must never happen, where this step shows that it did. */
  readonly violation?: string;
}

export interface Bounds {
  /** Messages of a batch. */
  readonly batch: number;
  /** Invocations side by side. */
  readonly running: number;
  /** Whether one batch of the queue may hold messages of both accounts. */
  readonly mixed: boolean;
  /** Whether code of yesterday runs beside that of today: for a batch of its own choice, at the price of a fault. */
  readonly oldCode: boolean;
}

/** All that may happen in a state. */
export class Steps {
  constructor(
    private readonly executions: Executions,
    private readonly bounds: Bounds,
    private readonly answer: (answer: unknown) => unknown = (answer) => answer,
  ) {}

  /**
   * Some steps need not wait, since whatever else happens meanwhile makes no difference to them nor they to it; then these are all.
   * This leaves out orders, and no outcome:
   * - a read of what nobody can be writing;
   * - what happens to one account's messages, where no batch holds those of both: first one's, then the other's;
   * - all that happens before a queue, adaptor first: nobody behind it is asked, and a batch is any beginning of what waits, so that it is
   *   the same batch when more has come. Only operators write to the queue from the other side: while one may, the broker has to wait.
   */
  async of(state: State): Promise<Step[]> {
    const read = this.firstRead(state);

    if (read) {
      return [...(await this.answers(state, read.running, read.call)), ...this.lateness(state, read.running)];
    }
    for (const stage of this.stages(state).filter((stage) => this.isAtWork(state, stage))) {
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
      steps.push({ told: () => 'Somebody gives the broker its permission back.', state: { ...state, denied: false } });
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
          Object.values(state.channels[from]).some((items) => items.some(({ event }) => !account || event.startsWith(account))),
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
      steps.push({ told: () => `${this.who(running)} crashes.`, state: crashed({ ...state, faults: state.faults - 1 }, running) });
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

      steps.push(
        this.after({ ...begun, running: [...state.running, running] }, running, node, () => `${this.who(running)} begins${memory ? ', by a warm instance' : ''}.`),
      );
    }
    return steps;
  }

  private async answers(state: State, running: Running, call: Call): Promise<Step[]> {
    const node = this.executions.node(running.node);
    const steps: Step[] = [];

    for (const { state: then, said, trouble } of outcomesOf(state, call)) {
      const told = () => `${this.who(running)} ${tell(call, said)}${trouble ? `, which ${trouble}` : ''}.`;

      if (!said) {
        steps.push({ told, state: crashed(then, running) });
        continue;
      }
      const next = await this.executions.answer(node, call, said);
      const moved = { ...running, node: next.id, disturbed: running.disturbed || trouble !== undefined };

      steps.push({ ...this.after({ ...then, running: replaced(then, running, moved) }, moved, next, told), ...overtaking(state, running, call, said) });
    }
    return steps;
  }

  /** What follows at once when an execution has come to its end. */
  private after(state: State, running: Running, { result, memory }: Node, told: () => string): Step {
    if (!result) {
      return { told, state };
    }
    const answer = this.answer('value' in result ? result.value : undefined);
    const idle = memory === 0 ? state.warm : [...state.warm, { actor: running.actor, memory }];
    const done = finish({ ...state, running: state.running.filter((other) => other !== running), warm: idle }, running, answer);
    const failed = failuresIn(answer);
    const isStuck = mappingOf(running.actor)?.kind === 'stream' && !running.disturbed && failed.length > 0;

    return {
      told: () => `${told()}${mappingOf(running.actor) && failed.length > 0 ? ` It answers that ${failed === 'all' ? 'all' : 'not everything'} is done.` : ''}`,
      state: operated(done, running.actor, result),
      ...(isStuck && { violation: `${this.who(running)} fails although nothing goes wrong: so it will for ever, and all behind it waits.` }),
    };
  }

  private async ofOperators(state: State): Promise<Step[]> {
    const running = state.running.filter(({ actor }) => !mappingOf(actor));
    const steps = await allOf(running, (each) => this.ofRunning(state, each));

    for (const actor of interventions(state, this.bounds)) {
      const isLast = isQuiet(state);
      const begun = { ...state, interventions: state.interventions - (isLast ? 0 : 1), ...before(state, actor) };

      steps.push(...(await this.start(begun, actor, {})).map((step) => ({ ...step, state: { ...step.state, runs: state.runs + 1 } })));
    }
    return steps;
  }

  private firstRead(state: State): { running: Running; call: Call } | undefined {
    for (const running of state.running) {
      const { calls, start } = this.executions.node(running.node);

      for (const call of calls) {
        if (call.command === 'QueryCommand' || (call.command === 'GetItemCommand' && this.isAlone(state, running, start.bodies))) {
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
      state.running.every((other) => other === running || !this.executions.node(other.node).start.bodies.some((body) => accounts.has(accountIn(body))))
    );
  }

  private who({ actor, late, node }: Running): string {
    const { bodies } = this.executions.node(node).start;
    const batch = bodies.map((body) => nameOf(decodeMessage(textOf(body)).reference)).join(', ');

    return mappingOf(actor) ? `The ${late ? 'late ' : ''}${actor} of ${batch}` : `The operator’s ${actor}`;
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

/** Steps that need not wait for others. */
interface Stage {
  readonly actors: readonly ActorName[];
  /** Only what is about this account. */
  readonly account?: string;
}

const ALL: readonly ActorName[] = ['adaptor', 'broker', 'retry', 'processor', 'old processor'];
const STAGES: readonly Stage[] = [{ actors: ['adaptor'] }, { actors: ['broker', 'retry'] }];
const STAGES_OF_ACCOUNTS: readonly Stage[] = [
  STAGES[0]!,
  ...['b', 'a'].flatMap((account) => [
    { actors: ['broker', 'retry'] as const, account },
    { actors: ['processor', 'old processor'] as const, account },
  ]),
];


/** No operator is at work, or will be before the system is quiet: not on this account, or on none. */
function isUndisturbed({ interventions, running }: State, account?: string): boolean {
  const isOthers = account !== undefined && account !== TOUCHED;

  return (
    (interventions === 0 || isOthers) &&
    running.every(({ actor }) => mappingOf(actor) ?? (isOthers && actor.endsWith(` ${TOUCHED}`)))
  );
}

const accounts = new Map<number, string>();

function accountIn(body: number): string {
  const known = accounts.get(body) ?? decodeMessage(textOf(body)).reference.id;

  accounts.set(body, known);
  return known;
}

function replaced(state: State, running: Running, other: Running): Running[] {
  return state.running.map((each) => (each === running ? other : each));
}

function crashed(state: State, running: Running): State {
  const mapping = mappingOf(running.actor);
  const ended = { ...state, running: state.running.filter((other) => other !== running) };

  return mapping && !running.late ? release(ended, mapping, running.taken, () => true) : ended;
}

/** DynamoDB promises the order of one item's changes, and each event is an item. */
function streamFaults(state: State): Step[] {
  const [first, ...rest] = state.channels.log.log ?? [];

  if (!first || state.faults === 0 || state.running.some(({ actor }) => actor === 'adaptor')) {
    return [];
  }
  const next = rest.findIndex(({ event }) => event[0] === first.event[0]);
  const broken = { ...state, faults: state.faults - 1, disordered: true };
  const drop = { told: () => `The log’s stream loses ${first.event}.`, state: { ...withLanes(broken, 'log', replaceFirst(state.channels.log, 'log', 1, [])), lost: true } };

  if (next < 0) {
    return [drop];
  }
  const swapped = [rest[next]!, ...rest.slice(0, next), first, ...rest.slice(next + 1)];

  return [
    drop,
    { told: () => `The log’s stream brings ${rest[next]!.event} before ${first.event}.`, state: withLanes(broken, 'log', { log: swapped }) },
  ];
}

/** Nothing waits but for an operator. */
export function isQuiet({ channels, running, denied }: State): boolean {
  return running.length === 0 && !denied && ['log', 'stream', 'retries', 'queue'].every((channel) => isEmpty(channels[channel as Channel]));
}

const MOST_RUNS = 5;

/** The account that operators step in for while the system is at work: that of the longer story. */
const TOUCHED = 'a';

/** What an operator may do. When all else is quiet he does what is left; before that, whatever he likes. */
function interventions(state: State, { running }: Bounds): ActorName[] {
  const { channels } = state;
  const redrives = (['deadLetters', 'quarantine'] as const).filter((queue) => !isEmpty(channels[queue])).map((queue): ActorName => `redrive ${queue}`);

  if (isQuiet(state)) {
    return state.runs >= MOST_RUNS ? [] : redrives.length > 0 ? redrives : state.lost || state.cleared ? ['replay'] : [];
  }
  const isFree = state.interventions > 0 && state.running.length < running && state.running.every(({ actor }) => mappingOf(actor));

  const ofTouched = redrives.filter((redrive) => accountsIn(Object.values(channels[redrive.split(' ')[1] as Channel]).flat().map(({ event }) => event)).join() === TOUCHED);

  return isFree ? [...ofTouched, `replay ${TOUCHED}`, `rebuild ${TOUCHED}`] : [];
}

function before(state: State, actor: ActorName): Partial<State> {
  // Whoever sends something again has mended why it was refused.
  return { refused: undefined, ...(actor.startsWith('rebuild') && { cleared: true, disordered: true }) };
}

function operated(state: State, actor: ActorName, result: NonNullable<Node['result']>): State {
  const isComplete = 'value' in result && (result.value as { skipped?: readonly unknown[] }).skipped?.length === 0;

  if (!isComplete) {
    return state;
  }
  return { ...state, lost: state.lost && actor !== 'replay', cleared: state.cleared && actor !== 'replay' && !actor.startsWith('rebuild') };
}

/** Without a fault of the transport, no event may be applied in the place of another before it. */
function overtaking(state: State, { actor }: Running, call: Call, said: { output: object } | { error: object }): Pick<Step, 'violation'> {
  const found =
    'output' in said && call.command === 'QueryCommand' && actor.includes('processor')
      ? (said.output as { Items: { event: { $name: string } }[] }).Items.filter(({ event }) => event.$name !== AccountDeposited.$name)
      : [];

  return found.length > 0 && !state.disordered ? { violation: 'An event has overtaken one before it, although the transport kept their order.' } : {};
}

function tell(call: Call, _said: unknown): string {
  switch (call.command) {
    case 'PutRecordsCommand':
    case 'SendMessageBatchCommand':
      return `sends ${entriesOf(call).map(({ item }) => item.event).join(', ')} to ${targetOf(call)}`;
    default: {
      const { TableName, QueueUrl, TransactItems } = call.input as { TableName?: string; QueueUrl?: string; TransactItems?: unknown[] };

      return `calls ${call.command.replace('Command', '')} on ${TableName ?? QueueUrl ?? `${TransactItems?.length} items`}`;
    }
  }
}

export { itemsOf, put };
