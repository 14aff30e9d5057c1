import { GetCommand } from '@aws-sdk/lib-dynamodb';

import type { ContextModule } from '../../src/app/context-module';
import type { Uuid } from '../../src/event-store/events/event';
import type { MultiStreamProjectionRepository } from '../../src/event-store/projections/multi-stream-projection.repository';
import type { ProjectionRepository } from '../../src/event-store/projections/projection.repository';
import { TestApplication } from './application';
import {
  type AccountProjection,
  AccountProjectionRepository,
  bank,
  type Holding,
  PortfolioRepository,
} from './bank.module';
import { empty } from './tables';
import type { TestCloud } from './test-cloud';

/** The bank on the engines of a test cloud that was started with its template. */
export class BankApplication extends TestApplication {
  readonly accounts: ProjectionRepository<AccountProjection>;
  readonly portfolios: MultiStreamProjectionRepository<Holding>;

  constructor(cloud: TestCloud, contexts: readonly ContextModule[] = [bank]) {
    super(cloud, contexts);
    this.accounts = this.app.get<ProjectionRepository<AccountProjection>>(AccountProjectionRepository);
    this.portfolios = this.app.get<MultiStreamProjectionRepository<Holding>>(PortfolioRepository);
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
