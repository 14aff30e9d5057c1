import { GetCommand } from '@aws-sdk/lib-dynamodb';

import type { Uuid } from '../../src/event-store/events/event';
import type { MultiStreamProjectionRepository } from '../../src/event-store/projections/multi-stream-projection.repository';
import type { ProjectionRepository } from '../../src/event-store/projections/projection.repository';
import { TestApplication } from './application';
import { type AccountProjection, AccountProjections, bank, type Holding, Portfolios } from './bank.module';
import { empty } from './tables';
import type { TestCloud } from './test-cloud';

/** The bank on the engines of a test cloud that was started with its template. */
export class BankApplication extends TestApplication {
  readonly accounts: ProjectionRepository<AccountProjection>;
  readonly portfolios: MultiStreamProjectionRepository<Holding>;

  constructor(cloud: TestCloud) {
    super(cloud, [bank]);
    this.accounts = this.app.get<ProjectionRepository<AccountProjection>>(AccountProjections);
    this.portfolios = this.app.get<MultiStreamProjectionRepository<Holding>>(Portfolios);
  }

  /** Version up to which the portfolios have followed an account. */
  async portfolioCheckpoint(id: Uuid): Promise<number | undefined> {
    const { Item } = await this.documents.send(
      new GetCommand({ TableName: 'projection-checkpoints', Key: { handler: 'portfolios', id }, ConsistentRead: true }),
    );

    return Item?.version as number | undefined;
  }

  /** Empties the log and all that is made of it. */
  empty(): Promise<void> {
    return empty(
      this.documents,
      'EventLog',
      'set-validations',
      'projection-accounts',
      'projection-branches',
      'projection-portfolios',
      'projection-checkpoints',
    );
  }
}
