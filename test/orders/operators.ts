import type { ActorName } from './actors';
import type { Node } from './execution';
import { mappingOf } from './invocations';
import { accountsIn, type Channel, isEmpty, type State } from './state';

/** Nothing waits but for an operator. */
export function isQuiet({ channels, running, denied }: State): boolean {
  return (
    running.length === 0 &&
    !denied &&
    ['log', 'stream', 'retries', 'queue'].every((channel) => isEmpty(channels[channel as Channel]))
  );
}

const MOST_RUNS = 5;

/** The account that operators step in for while the system is at work: that of the longer story. */
export const TOUCHED = 'a';

/** What an operator may do. When all else is quiet he does what is left; before that, whatever he likes. */
export function interventions(state: State, running: number): ActorName[] {
  const { channels } = state;
  const redrives = (['deadLetters', 'quarantine'] as const)
    .filter((queue) => !isEmpty(channels[queue]))
    .map((queue): ActorName => `redrive ${queue}`);

  if (isQuiet(state)) {
    return state.runs >= MOST_RUNS
      ? []
      : redrives.length > 0
        ? redrives
        : state.lost || state.cleared
          ? ['replay']
          : [];
  }
  const isFree =
    state.interventions > 0 && state.running.length < running && state.running.every(({ actor }) => mappingOf(actor));

  const isOfTouched = (redrive: ActorName) => {
    const letters = Object.values(channels[redrive.split(' ')[1] as Channel]).flat();

    return accountsIn(letters.map(({ event }) => event)).join() === TOUCHED;
  };

  return isFree ? [...redrives.filter(isOfTouched), `replay ${TOUCHED}`, `rebuild ${TOUCHED}`] : [];
}

/** What is different once an operator has begun. */
export function before(actor: ActorName): Partial<State> {
  // Whoever sends something again has mended why it was refused.
  return { refused: undefined, ...(actor.startsWith('rebuild') && { cleared: true, disordered: true }) };
}

/** The world after an operator's command has come to its end. */
export function operated(state: State, actor: ActorName, result: NonNullable<Node['result']>): State {
  const isComplete = 'value' in result && (result.value as { skipped?: readonly unknown[] }).skipped?.length === 0;

  if (!isComplete) {
    return state;
  }
  return {
    ...state,
    lost: state.lost && actor !== 'replay',
    cleared: state.cleared && actor !== 'replay' && !actor.startsWith('rebuild'),
  };
}
