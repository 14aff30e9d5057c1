import { AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at } from '../../../test/support/aggregate-spec';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { HandlesEvent } from './handles-event.decorator';
import { Projection } from './projection';
import { ProjectionHandler } from './projection.handler';
import type { ProjectionRepository } from './projection.repository';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

class AccountProjection extends Projection {
  owner = '';
  balance = 0;

  protected applyAccountOpened({ owner }: AccountOpened): void {
    this.owner = owner;
  }

  protected applyAccountDeposited({ amount }: AccountDeposited): void {
    this.balance += amount;
  }
}

@HandlesEvent(AccountOpened, AccountDeposited)
class AccountProjectionHandler extends ProjectionHandler<AccountProjection> {}

const opened = at(1, new AccountOpened(ID, 'Ada'));
const deposited = [2, 3].map((version) => at(version, new AccountDeposited(ID, 10)));

describe('ProjectionHandler', () => {
  const save = jest.fn<Promise<void>, Parameters<ProjectionRepository<AccountProjection>['save']>>();
  const get = jest.fn<Promise<AccountProjection | undefined>, [string]>();
  let handler: AccountProjectionHandler;

  beforeEach(async () => {
    const log = new InMemoryEventLog();

    save.mockReset().mockResolvedValue();
    get.mockReset();
    await log.append([opened, ...deposited]);
    handler = new AccountProjectionHandler(log, { save, get, list: jest.fn(), remove: jest.fn() }, AccountProjection);
  });

  it('given no row and an event ahead, then writes one row of all its events', async () => {
    get.mockResolvedValue(undefined);

    await handler.handle(deposited[1]!);

    expect(save.mock.calls).toEqual([[expect.objectContaining({ id: ID, owner: 'Ada', balance: 20, version: 3 }), 0]]);
  });

  it('given a row and its next event, then writes the row on condition of the version that it had', async () => {
    get.mockResolvedValue(Object.assign(new AccountProjection(), { id: ID, owner: 'Ada', balance: 10, version: 2 }));

    await handler.handle(deposited[1]!);

    expect(save.mock.calls).toEqual([[expect.objectContaining({ owner: 'Ada', balance: 20, version: 3 }), 2]]);
  });

  it('given a row that has the event, then writes nothing', async () => {
    get.mockResolvedValue(Object.assign(new AccountProjection(), { id: ID, version: 3 }));

    await handler.handle(deposited[0]!);

    expect(save).not.toHaveBeenCalled();
  });
});
