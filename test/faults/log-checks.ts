import type { Event } from '../../src/event-store/events/event';
import { OpenAccount, OpenBranch } from '../support/bank-commands';
import type { Sent } from './api-clients';
import type { StoredState } from './stored-state';

/** What the events of accounts and branches say. */
type Facts = Event & {
  readonly owner?: string;
  readonly town?: string;
  readonly amount?: number;
  readonly from?: string;
  readonly to?: string;
};

/** What an event does with an account, and whether the account could have it: nobody gives what they have not. */
const RULES: Readonly<Record<string, (event: Facts, standing: { owner: string; balance: number }) => boolean>> = {
  opened: ({ owner = '' }, standing) => {
    standing.owner = owner;
    return true;
  },
  deposited: ({ amount = 0 }, standing) => {
    standing.balance += amount;
    return true;
  },
  withdrawn: ({ amount = 0 }, standing) => {
    standing.balance -= amount;
    return standing.balance >= 0;
  },
  handedOver: ({ from, to = '' }, standing) => {
    const before = standing.owner;

    standing.owner = to;
    return from === before && to !== before;
  },
};

/** What is wrong with the event log and its claims, given what clients were told. */
export function logViolations({ streams, claims }: StoredState, sent: readonly Sent[]): string[] {
  const events = [...streams.values()].flat();
  const owned = events.flatMap((event) => claimOf(event) ?? []);
  const held = claims.map(({ key, owner }) => `${key} ${owner}`);

  return [
    ...sent.flatMap((each) => answerViolations(each, events)),
    ...[...streams].flatMap(([id, stream]) => gapViolations(id, stream)),
    ...[...streams].flatMap(([id, stream]) => ruleViolations(id, stream)),
    ...owned.filter((claim) => !held.includes(claim)).map((claim) => `owner without its claim: ${claim}`),
    ...held.filter((claim) => !owned.includes(claim)).map((claim) => `claim without its owner: ${claim}`),
  ];
}

/** An accepted command's event is there once, where the client was told; a refused one's is not. */
function answerViolations({ commandId, command, outcome, result }: Sent, events: readonly Event[]): string[] {
  const caused = events.filter(({ causationId }) => causationId === commandId);
  const say = (what: string) => [`${commandId} (${command.$name}) was ${outcome}: ${what}`];

  if (caused.length > 1 || (outcome === 'refused' && caused.length > 0)) {
    return say(`it has ${caused.length} events`);
  }
  if (outcome !== 'accepted' || caused.some(({ id, $version }) => id === result!.id && $version === result!.version)) {
    return [];
  }
  const isRepeat = caused.length === 0 && events.some((event) => isMadeBy(event, command));

  return isRepeat ? [] : say('its event is not where it was said to be');
}

/** Whether this is what the command would have made, had it not been there already. */
function isMadeBy(event: Event, command: object): boolean {
  const { id, owner, town } = event as Facts;

  return (
    (command instanceof OpenAccount && id === command.id && owner === command.owner) ||
    (command instanceof OpenBranch && id === command.id && town === command.town)
  );
}

function gapViolations(id: string, stream: readonly Event[]): string[] {
  const versions = stream.map(({ $version }) => $version).join();
  const expected = stream.map((_, index) => index + 1).join();

  return versions === expected ? [] : [`${id} has the versions ${versions}`];
}

/** Whether each event was allowed where it stands: no decision was made on a state that was not. */
function ruleViolations(id: string, stream: readonly Event[]): string[] {
  const standing = { owner: '', balance: 0 };
  const isAllowed = (event: Event, index: number) => {
    const what = event.$name.split('/').at(-1)!;
    const isInPlace = (index === 0) === (what === 'opened') && (what !== 'closed' || index === stream.length - 1);

    return (RULES[what]?.(event, standing) ?? true) && isInPlace;
  };

  return stream
    .filter((event, index) => !isAllowed(event, index))
    .map(({ $name, $version }) => {
      return `${id} has ${$name} at ${$version}, where it was not allowed`;
    });
}

function claimOf(event: Event): string | undefined {
  const { $name, id, town } = event as Facts;

  return $name === 'org/bank/branch/opened' ? `bank/branch#town:${town} ${id}` : undefined;
}
