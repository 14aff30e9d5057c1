import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { MiddlewareStack } from '@smithy/types';

import { documentClient } from '../../src/event-store/dynamo/document-client';
import { type ActorName, type Clients, instanceOf } from './actors';
import { look, Memories, overlook } from './memories';
import type { Mutation } from './mutation';
import { textOf, type TextNumber } from './texts';

/** A call of a client that waits for its answer. */
export interface Call {
  /** How many calls were made before it. */
  readonly index: number;
  /** `PutRecordsCommand`, … */
  readonly command: string;
  readonly input: Record<string, unknown>;
}

/** What a service says: an output, or the properties of an error. */
export type Said =
  { readonly output: object } | { readonly error: { readonly name: string; readonly [property: string]: unknown } };

interface Answer {
  readonly call: number;
  readonly said: Said;
}

/** What is invoked. */
export interface Start {
  readonly actor: ActorName;
  readonly bodies: readonly TextNumber[];
  /** What the instance remembers of earlier batches, by its number; 0: it is cold. */
  readonly memory: number;
  /** Tells an operator's runs apart. */
  readonly run: number;
}

/** An execution up to where it waits for an answer, or to its end. */
export interface Node {
  readonly id: number;
  readonly start: Start;
  readonly answers: readonly Answer[];
  /** What it waits for. */
  readonly calls: readonly Call[];
  /** What it answered in the end. */
  readonly result?: { readonly value: unknown } | { readonly error: unknown };
  /** What its instance remembers then. */
  readonly memory: number;
}

type Past = Pick<Node, 'start' | 'answers'>;
type Pending = Call & { readonly answer: (said: Said) => void };

/**
 * Executes the real code up to its next calls of a client, from the start and with the answers so far: an execution needs no more than
 * these to be taken up again, from any state and any number of times. What was executed once is known.
 */
export class Executions {
  private readonly nodes: Node[] = [];
  private readonly known = new Map<string, Node>();
  private readonly memories = new Memories<Past>();
  private readonly clients: Clients;
  private pending: Pending[] = [];
  private made = 0;
  private ids = { run: 0, made: 0 };
  /** How often code was executed. */
  executed = 0;

  constructor(private readonly mutation: Mutation) {
    const settings = { region: 'local', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };
    const dynamodb = new DynamoDBClient(settings);
    const kinesis = new KinesisClient(settings);
    const sqs = new SQSClient(settings);

    mutation.clients?.({ dynamodb, kinesis, sqs });
    [dynamodb, kinesis, sqs].forEach((client) => {
      this.listen(client.middlewareStack as unknown as MiddlewareStack<object, object>);
    });
    this.clients = { dynamodb, documents: documentClient(dynamodb), kinesis, sqs };
    Object.values(this.clients).forEach(overlook);
  }

  node(id: number): Node {
    return this.nodes[id]!;
  }

  /** A UUID that is the same whenever the code that asks for it is executed again. */
  readonly newId = (): string => `run-${this.ids.run}-${this.ids.made++}`;

  async start(start: Start): Promise<Node> {
    const key = `${start.actor} ${start.bodies.join()} ${start.memory} ${start.run}`;

    return this.known.get(key) ?? this.execute(key, start, []);
  }

  async answer({ id, start, answers }: Node, { index }: Call, said: Said): Promise<Node> {
    const key = `${id} ${index} ${JSON.stringify(said)}`;

    return this.known.get(key) ?? this.execute(key, start, [...answers, { call: index, said }]);
  }

  private async execute(key: string, start: Start, answers: readonly Answer[]): Promise<Node> {
    this.executed++;
    const history = this.memories.historyOf(start.memory);
    const { act, memory } = instanceOf(start.actor, this.clients, this.mutation);
    // What an instance remembers when it is cold, before it is used.
    const cold = look(memory);

    for (const past of history) {
      await this.play(act, past.start, past.answers);
    }
    const result = await this.play(act, start, answers);
    const node: Node = {
      id: this.nodes.length,
      start,
      answers,
      calls: this.pending.map(({ index, command, input }) => ({ index, command, input })),
      result,
      memory: result ? this.memories.numberOf(cold, look(memory), [...history, { start, answers }]) : 0,
    };

    this.nodes.push(node);
    this.known.set(key, node);
    return node;
  }

  private async play(
    act: (bodies: string[]) => Promise<unknown>,
    { bodies, run }: Start,
    answers: readonly Answer[],
  ): Promise<Node['result']> {
    let result: Node['result'];

    this.pending = [];
    this.made = 0;
    this.ids = { run, made: 0 };
    act(bodies.map(textOf)).then(
      (value) => {
        result = { value };
      },
      (error: unknown) => {
        result = { error };
      },
    );
    await untilNothingMoves();
    for (const { call, said } of answers) {
      const pending = this.pending.find(({ index }) => index === call)!;

      this.pending = this.pending.filter((other) => other !== pending);
      pending.answer(said);
      await untilNothingMoves();
    }
    return result;
  }

  /** Takes every command before the SDK does anything with it. */
  private listen(stack: MiddlewareStack<object, object>): void {
    stack.add(
      (_next, { commandName = '' }) =>
        async ({ input }) => {
          const said = await new Promise<Said>((answer) => {
            this.pending.push({ index: this.made++, command: commandName, input: input as Call['input'], answer });
          });

          if ('error' in said) {
            throw Object.assign(new Error(said.error.name), said.error);
          }
          return { output: { $metadata: {}, ...structuredClone(said.output) }, response: undefined };
        },
      { step: 'initialize', priority: 'high', name: 'orders' },
    );
  }
}

/** Promises are settled one after another, before anything that waits for its turn. */
function untilNothingMoves(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
