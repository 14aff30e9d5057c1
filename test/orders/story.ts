import { wrongAtEnd, wrongNow } from './checks';
import type { State } from './state';
import type { Step } from './step';
import type { Steps } from './steps';

interface Told {
  readonly story: readonly Step[];
  readonly violation: string;
}

/**
 * The sentences of a story without what need not happen for it: a search that does some things first does them whether they matter or
 * not. What one actor does is left out, all of it, wherever the story still comes to the same end.
 *
 * @param steps all that may happen, with no order left out
 */
export async function shortest(start: State, { story, violation }: Told, steps: Steps): Promise<string[]> {
  const actors = new Set(story.map((step) => step.by()).reverse());
  let shorter = story;

  for (const actor of [...actors].filter(Boolean)) {
    const without = shorter.filter((step) => step.by() !== actor);

    if (await comesTo(violation, start, without, steps)) {
      shorter = without;
    }
  }
  return shorter.map((step) => step.told());
}

async function comesTo(violation: string, start: State, story: readonly Step[], steps: Steps): Promise<boolean> {
  let state = start;
  let wrong: string | undefined;

  for (const { told } of story) {
    const sentence = told();
    const step = (await steps.of(state)).find((step) => step.told() === sentence);

    if (!step) {
      return false;
    }
    ({ state } = step);
    wrong = step.violation ?? wrongNow(state);
  }
  return (wrong ?? ((await steps.of(state)).length === 0 ? wrongAtEnd(state) : undefined)) === violation;
}
