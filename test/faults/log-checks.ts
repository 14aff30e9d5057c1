import type { Event } from '../../src/event-store/events/event';
import { CreateRole } from '../../src/iam/role/commands/create-role.command';
import { RegisterUser } from '../../src/iam/user/commands/register-user.command';
import type { Sent } from './api-clients';
import type { StoredState } from './stored-state';

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
  const made = event as Event & { readonly email?: string; readonly name?: string };

  return (
    (command instanceof RegisterUser && made.id === command.id && made.email === command.email) ||
    (command instanceof CreateRole && made.id === command.id && made.name === command.name)
  );
}

function gapViolations(id: string, stream: readonly Event[]): string[] {
  const versions = stream.map(({ $version }) => $version).join();
  const expected = stream.map((_, index) => index + 1).join();

  return versions === expected ? [] : [`${id} has the versions ${versions}`];
}

/** Whether each event was allowed where it stands: no decision was made on a state that was not. */
function ruleViolations(id: string, stream: readonly Event[]): string[] {
  const roles = new Set<string>();
  const isAllowed = (event: Event, index: number) => {
    const { roleId = '' } = event as Event & { readonly roleId?: string };
    const isHeld = roles.has(roleId);
    const [what] = event.$name.split('/').slice(-1);

    if (what === 'roleRemoved') {
      return roles.delete(roleId);
    }
    if (what === 'roleAdded') {
      roles.add(roleId);
      return !isHeld;
    }
    return what === 'disabled'
      ? index === stream.length - 1
      : (index === 0) === ['registered', 'created'].includes(what!);
  };

  return stream
    .filter((event, index) => !isAllowed(event, index))
    .map(({ $name, $version }) => {
      return `${id} has ${$name} at ${$version}, where it was not allowed`;
    });
}

function claimOf(event: Event): string | undefined {
  const { id, email, name } = event as Event & { readonly email?: string; readonly name?: string };

  switch (event.$name) {
    case 'org/iam/user/registered':
      return `iam/user#email:${email} ${id}`;
    case 'org/iam/role/created':
      return `iam/role#name:${name} ${id}`;
    default:
      return undefined;
  }
}
