import { inspect } from 'node:util';

/** What warm instances remember, by number, and a way by which an instance comes to remember it: what it has executed. */
export class Memories<TPast> {
  private readonly histories: (readonly TPast[])[] = [[]];
  private readonly numbers = new Map<string, number>();

  historyOf(memory: number): readonly TPast[] {
    return this.histories[memory]!;
  }

  /** 0 for an instance that remembers no more than a cold one. */
  numberOf(cold: string, warm: string, history: readonly TPast[]): number {
    if (warm === cold) {
      return 0;
    }
    const known = this.numbers.get(warm) ?? this.histories.push(history) - 1;

    this.numbers.set(warm, known);
    return known;
  }
}

/** Everything that can be reached from an object, as text. */
export function look(memory: object): string {
  return inspect(memory, {
    depth: Infinity,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
    breakLength: Infinity,
  });
}

/** What an object holds is no part of any memory. */
export function overlook(object: object): void {
  Object.defineProperty(object, inspect.custom, { value: () => 'overlooked' });
}
