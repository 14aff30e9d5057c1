import { AccountClosed, AccountDeposited, AccountOpened } from '../../../test/support/account';
import { at } from '../../../test/support/aggregate-spec';
import { InMemoryEventLog } from '../../../test/support/in-memory-event-log';
import { ConcurrencyError } from '../errors/concurrency.error';
import type { Event } from '../events/event';
import { HandlesEvent } from './handles-event.decorator';
import { MultiStreamProjectionHandler } from './multi-stream-projection.handler';
import type { MultiStreamProjectionRepository, RowChange, RowKey } from './multi-stream-projection.repository';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

@HandlesEvent(AccountOpened, AccountClosed)
class BranchHandler extends MultiStreamProjectionHandler {
  changes({ id, $name }: Event): readonly RowChange[] {
    return $name === AccountOpened.$name ? [{ put: { id } }] : [{ remove: { id } }];
  }
}

describe('MultiStreamProjectionHandler', () => {
  const save = jest.fn<Promise<void>, Parameters<MultiStreamProjectionRepository<unknown>['save']>>();
  const checkpoint = jest.fn<Promise<number>, Parameters<MultiStreamProjectionRepository<unknown>['checkpoint']>>();
  let log: InMemoryEventLog;
  let handler: BranchHandler;

  beforeEach(async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    save.mockReset().mockResolvedValue();
    checkpoint.mockReset().mockResolvedValue(0);
    log = new InMemoryEventLog();
    await log.append([
      at(1, new AccountOpened(ID, 'Ada')),
      at(2, new AccountDeposited(ID, 20)),
      at(3, new AccountClosed(ID)),
    ]);
    const rows: Partial<MultiStreamProjectionRepository<unknown>> = {
      save,
      checkpoint,
      keyOf: (change) => ('put' in change ? (change.put as RowKey) : change.remove),
      aggregateOf: ({ id = '' }) => id,
    };
    handler = new BranchHandler(log, rows as MultiStreamProjectionRepository<unknown>, 'branches');
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('given events to catch up on, then saves each with its own move of the checkpoint', async () => {
    await handler.handle(at(3, new AccountClosed(ID)));

    expect(checkpoint).toHaveBeenCalledWith({ handler: 'branches', id: ID });
    expect(save.mock.calls).toEqual([
      [[{ put: { id: ID } }], { handler: 'branches', id: ID, from: 0, to: 1 }],
      [[{ remove: { id: ID } }], { handler: 'branches', id: ID, from: 1, to: 3 }],
    ]);
  });

  it('given that the checkpoint has moved half way, then goes on from where it stands', async () => {
    save.mockResolvedValueOnce().mockRejectedValueOnce(new ConcurrencyError('moved'));
    checkpoint.mockResolvedValueOnce(0).mockResolvedValueOnce(2);

    await handler.handle(at(3, new AccountClosed(ID)));

    expect(save.mock.lastCall).toEqual([[{ remove: { id: ID } }], { handler: 'branches', id: ID, from: 2, to: 3 }]);
    expect(save).toHaveBeenCalledTimes(3);
  });

  it('given a row that is not known by the id of the event, then says where to mend that, and saves nothing', async () => {
    jest.spyOn(handler, 'changes').mockReturnValue([{ put: { id: 'another' } }]);

    await expect(handler.handle(at(1, new AccountOpened(ID, 'Ada')))).rejects.toThrow(
      /^BranchHandler: expected each row that org\/bank\/account\/opened changes to have .* Mend the aggregateKey in the context's module/,
    );
    expect(save).not.toHaveBeenCalled();
  });
});
