import { join } from 'node:path';

import { awsEnvironment, REGION } from '../../local/aws-environment.ts';
import { FunctionPool } from '../../local/lambda/function-pool.ts';
import type { TestCloud } from '../support/test-cloud';
import { hasBranches, type Release } from './release';

type Variables = Readonly<Record<string, string>>;

/** The bank's functions, of one instance each. What two releases have in common, bundle and variables, is one version. */
export class BankFunctions {
  private readonly versions = new Map<string, FunctionPool>();

  /** @param folder that has the bundles */
  constructor(
    private readonly cloud: TestCloud,
    private readonly folder: string,
  ) {}

  get adaptor(): FunctionPool {
    return this.version('dynamo-kinesis-adaptor', this.queues('QuarantineQueue'));
  }

  broker(release: Release): FunctionPool {
    const branches = hasBranches(release) ? ['BankBranchQueue'] : [];

    return this.version('event-broker', this.queues('BankAccountQueue', 'RetryQueue', 'QuarantineQueue', ...branches));
  }

  processor({ code }: Release): FunctionPool {
    return this.version(`${code}/queue-processor`);
  }

  teller({ code, releasedEvents = '' }: Release): FunctionPool {
    return this.version(`${code}/teller`, { releasedEvents });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.versions.values()].map((pool) => pool.stop()));
  }

  /** The variables with the queues' URLs, named as template.yaml names them. */
  private queues(...names: readonly string[]): Variables {
    const variables = { QuarantineQueue: 'quarantineQueue', RetryQueue: 'retryQueue' } as Variables;

    return Object.fromEntries(names.map((name) => [variables[name] ?? name, this.cloud.attributes(name).Ref!]));
  }

  private version(bundle: string, variables: Variables = {}): FunctionPool {
    const key = JSON.stringify([bundle, variables]);
    const pool = this.versions.get(key) ?? this.start(bundle, variables);

    this.versions.set(key, pool);
    return pool;
  }

  private start(bundle: string, variables: Variables): FunctionPool {
    const model = {
      logicalId: bundle,
      bundle: join(this.folder, `${bundle}.js`),
      handler: 'handler',
      timeoutSeconds: 30,
      memoryMegabytes: 512,
      // The cloud has put the templates' parameters there.
      environment: { ...(process.env as Variables), ...variables, logLevel: 'silent' },
    };

    return new FunctionPool(model, { environment: awsEnvironment(this.cloud.endpoints, REGION), maximumInstances: 1 });
  }
}
