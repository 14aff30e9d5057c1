import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { InitializeMiddleware, MiddlewareStack } from '@smithy/types';

export type Alterable = DynamoDBClient | KinesisClient | SQSClient;

/** Lets a client send something else in one kind of command. */
export function alterInput(
  client: Alterable,
  command: string,
  alter: (input: object) => object | Promise<object>,
): void {
  add(client, (next, { commandName }) => async (args) => {
    return next(commandName === command ? { ...args, input: await alter(args.input) } : args);
  });
}

/** Lets a client hear something else in answer to one kind of command. */
export function alterOutput(client: Alterable, command: string, alter: (output: object) => object): void {
  add(client, (next, { commandName }) => async (args) => {
    const answer = await next(args);

    return commandName === command ? { ...answer, output: alter(answer.output) } : answer;
  });
}

/** @param alter the error that a client hears instead of one kind of command's, or an answer */
export function alterError(client: Alterable, command: string, alter: (error: Error, input: object) => object): void {
  add(client, (next, { commandName }) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      const altered = commandName === command ? alter(error as Error, args.input) : error;

      if (altered instanceof Error) {
        throw altered;
      }
      return { output: { $metadata: {}, ...(altered as object) }, response: undefined };
    }
  });
}

/** @param answer does something else, and answers for the service; nothing: the command is sent as ever */
export function answerInstead(
  client: Alterable,
  command: string,
  answer: (input: object) => Promise<object | undefined>,
): void {
  add(client, (next, { commandName }) => async (args) => {
    const output = commandName === command ? await answer(args.input) : undefined;

    return output ? { output: { $metadata: {}, ...output }, response: undefined } : next(args);
  });
}

/** Before anything else sees the command, so that its input is as the application made it. */
function add(client: Alterable, middleware: InitializeMiddleware<object, object>): void {
  const { middlewareStack } = client as { middlewareStack: MiddlewareStack<object, object> };

  middlewareStack.add(middleware, { step: 'initialize', priority: 'high' });
}
