import type { Message } from '@aws-sdk/client-sqs';

/** Messages that a function has failed on. They are hidden until their visibility time-out is over, or somebody ends that. */
export class FailedMessages {
  readonly #byId = new Map<string | undefined, { readonly message: Message; readonly builtAt: number | undefined }>();

  /** `builtAt` tells of which build of the function they failed in. */
  add(messages: readonly Message[], builtAt: number | undefined): void {
    for (const message of messages) this.#byId.set(message.MessageId, { message, builtAt });
  }

  /** To be called for what is received: what comes again has a new receipt handle, and the old one is of no use. */
  forget(messages: readonly Message[]): void {
    for (const { MessageId } of messages) this.#byId.delete(MessageId);
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  /** Takes out those that failed in another build than this one, in the order of their failures. */
  takeOfOtherBuilds(builtAt: number): Message[] {
    const taken = [...this.#byId.values()].filter((failed) => failed.builtAt !== builtAt).map(({ message }) => message);
    this.forget(taken);
    return taken;
  }
}
