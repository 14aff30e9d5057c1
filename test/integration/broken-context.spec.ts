import { randomUUID } from 'node:crypto';

import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { inject, injectable } from 'inversify';

import { ApplicationContainer } from '../../src/app/application-container';
import { ContextModule } from '../../src/app/context-module';
import { Aggregate } from '../../src/event-store/aggregates/aggregate';
import type { CommandResult } from '../../src/event-store/commands/command-context';
import { Snapshotter } from '../../src/event-store/delivery/snapshotter';
import { EventLog } from '../../src/event-store/event-log/event-log';
import { Event } from '../../src/event-store/events/event';
import { HandlesEvent } from '../../src/event-store/projections/handles-event.decorator';
import { Projection } from '../../src/event-store/projections/projection';
import { ProjectionHandler } from '../../src/event-store/projections/projection.handler';
import type { ProjectionRepository } from '../../src/event-store/projections/projection.repository';
import { AccountDeposited, AccountOpened } from '../support/account';
import { BankApplication } from '../support/bank-application';
import { bank, BANK_TEMPLATE } from '../support/bank.module';
import { recorded } from '../support/events';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

class ParcelSent extends Event {
  static readonly $name = 'org/post/parcel/sent';
  override readonly $name = ParcelSent.$name;
}

class ParcelLost extends Event {
  static readonly $name = ParcelSent.$name;
  override readonly $name = ParcelLost.$name;
}

class Parcel extends Aggregate {
  static readonly aggregateType = 'org/post/parcel';
  static readonly stateVersion = 1;
  readonly state = {};

  protected restoreState(): void {
    throw new Error('A parcel has no state.');
  }
}

class ParcelProjection extends Projection {}

const ParcelRepository = Symbol('ParcelRepository');
const ParcelProjectionRepository = Symbol('ParcelProjectionRepository');

@HandlesEvent(ParcelSent)
@injectable()
class ParcelProjectionHandler extends ProjectionHandler<ParcelProjection> {
  constructor(
    @inject(EventLog) log: EventLog,
    @inject(ParcelProjectionRepository) parcels: ProjectionRepository<ParcelProjection>,
  ) {
    super(log, parcels, ParcelProjection);
  }
}

@injectable()
class BrokenService {
  constructor() {
    throw new Error('A service that cannot be made.');
  }
}

class UndecoratedHandler {
  handle(): Promise<CommandResult> {
    return Promise.reject(new Error('never called'));
  }
}

/** A context with a mistake of each kind that shows only when somebody asks for what it is in. */
const post = new ContextModule({
  aggregates: [{ type: Parcel, repository: ParcelRepository, events: [ParcelSent, ParcelLost] }],
  services: [BrokenService],
  commandHandlers: [UndecoratedHandler],
  projections: [
    {
      type: ParcelProjection,
      repository: ParcelProjectionRepository,
      table: 'projectionParcelsTable',
      handler: ParcelProjectionHandler,
    },
  ],
  multiStreamProjections: [],
});

describe('a context full of mistakes, beside the bank', () => {
  let cloud: TestCloud;
  let system: BankApplication;

  beforeAll(async () => {
    cloud = await startTestCloud(BANK_TEMPLATE);
    system = new BankApplication(cloud, [post, bank]);
  });

  afterAll(() => cloud.stop());

  it("when events of both are delivered, then the bank's are handled, and only the other's stay in the queue", async () => {
    const [account, parcel] = [randomUUID(), randomUUID()];

    const failed = await system.deliver(
      recorded(new ParcelSent(parcel), 1),
      recorded(new AccountOpened(account, 'Ada'), 1),
      recorded(new AccountDeposited(account, 5), 2),
    );

    expect(failed).toEqual([0]);
    expect(await system.accounts.get(account)).toMatchObject({ owner: 'Ada', balance: 5, version: 2 });
  });

  it("when snapshots of both are due, then the bank's is made, and only the other's event is named", async () => {
    const account = randomUUID();
    const app = new ApplicationContainer([post, bank], cloud.clients.dynamodb);
    const snapshotter = new Snapshotter((type) => app.repositoryOf(type), 2, app.logger);
    const deposited = recorded(new AccountDeposited(account, 5), 2);

    await system.store(recorded(new AccountOpened(account, 'Ada'), 1), deposited);

    expect(await snapshotter.deliver(streamed(deposited, recorded(new ParcelSent(randomUUID()), 2)))).toEqual({
      batchItemFailures: [{ itemIdentifier: '1' }],
    });
  });
});

function streamed(...events: readonly Event[]): KinesisStreamEvent {
  return {
    Records: events.map((event, index) => ({
      kinesis: { sequenceNumber: String(index), data: Buffer.from(JSON.stringify(event)).toString('base64') },
    })) as KinesisStreamRecord[],
  };
}
