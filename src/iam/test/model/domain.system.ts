import type { Command } from '@node-ts/bus-messages';

import { CONTEXT } from '../../../../test/support/events';
import { empty, rowsOf } from '../../../../test/support/tables';
import type { TestCloud } from '../../../../test/support/test-cloud';
import type { Event, Uuid } from '../../../event-store/events/event';
import { aggregateTypeOf } from '../../../event-store/events/event-name';
import { ApplicationError } from '../../../shared-kernel/errors/application.error';
import { Role } from '../../role/models/role';
import { RoleRepository } from '../../role/services/role.repository';
import { User } from '../../user/models/user';
import { UserRepository } from '../../user/services/user.repository';
import { IamApplication } from '../support/iam-application';
import type { DomainModel, Outcome } from './domain.model';

/** What is so in the end: the aggregates as their events make them, who owns which claim, which versions are in the log. */
interface State extends Pick<DomainModel, 'users' | 'roles' | 'claims'> {
  readonly versions: ReadonlyMap<Uuid, readonly number[]>;
}

/** The application, as the model sees it: commands go in, and outcomes and a state come out. */
export class DomainSystem {
  private dispatched = 0;

  /** @param instances take turns: what each keeps of the aggregates is most often stale */
  private constructor(private readonly instances: readonly [IamApplication, IamApplication]) {}

  /** Nothing has happened yet. */
  static async start(cloud: TestCloud): Promise<DomainSystem> {
    const system = new DomainSystem([new IamApplication(cloud), new IamApplication(cloud)]);

    await empty(system.instances[0].documents, 'EventLog', 'set-validations');
    return system;
  }

  /** @throws what is no refusal */
  async dispatch(command: Command): Promise<Outcome> {
    try {
      const { app } = this.instances[Math.floor(this.dispatched++ / 2) % 2 ? 1 : 0];

      return await app.dispatch(command, CONTEXT);
    } catch (error) {
      if (error instanceof ApplicationError) {
        return { refused: error.code };
      }
      throw error;
    }
  }

  async state(): Promise<State> {
    const [{ app, documents }] = this.instances;
    const events = (await rowsOf(documents, 'EventLog')).map(({ event }) => event as Event);
    const claims = await rowsOf(documents, 'set-validations');
    const idsOf = (aggregateType: string) => [
      ...new Set(events.filter(({ $name }) => aggregateTypeOf($name) === aggregateType).map(({ id }) => id)),
    ];
    const users = app.get<UserRepository>(UserRepository);
    const roles = app.get<RoleRepository>(RoleRepository);

    return {
      users: await entries(idsOf(User.aggregateType), async (id) => {
        const { email, firstName, lastName, roles, disabled, version } = await users.load(id);

        return { email, firstName, lastName, roles, disabled, version };
      }),
      roles: await entries(idsOf(Role.aggregateType), async (id) => {
        const { name, disabled, version } = await roles.load(id);

        return { name, disabled, version };
      }),
      claims: new Map(claims.map(({ constraint, owner }) => [constraint as string, owner as Uuid])),
      versions: new Map(
        [...Map.groupBy(events, ({ id }) => id)].map(([id, own]) => [id, own.map(({ $version }) => $version)]),
      ),
    };
  }
}

/** The state that the model stands for: every version from 1 to the last is in the log once. */
export function stateOf({ users, roles, claims }: DomainModel): State {
  return {
    users,
    roles,
    claims,
    versions: new Map(
      [...users, ...roles].map(([id, { version }]) => [id, Array.from({ length: version }, (_, index) => index + 1)]),
    ),
  };
}

async function entries<T>(ids: readonly Uuid[], load: (id: Uuid) => Promise<T>): Promise<Map<Uuid, T>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, await load(id)] as const)));
}
