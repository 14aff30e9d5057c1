import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';

import { BANK_TEMPLATE } from '../support/bank.module';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { BankFunctions } from './bank-functions';
import { BankStage } from './bank-stage';

const ROOT = join(__dirname, '../..');
const BUILDS = join(ROOT, '.aws-sam');

/** A stage of the bank on engines of its own. */
export interface StartedStage {
  readonly cloud: TestCloud;
  readonly stage: BankStage;
  stop(): Promise<void>;
}

/** Builds every release, and starts the release of today. */
export async function startBankStage(): Promise<StartedStage> {
  mkdirSync(BUILDS, { recursive: true });
  const folder = mkdtempSync(join(BUILDS, 'releases-'));
  const build = promisify(execFile)(process.execPath, ['test/releases/build.mts', folder], { cwd: ROOT });
  const [cloud] = await Promise.all([startTestCloud(BANK_TEMPLATE), build]);

  await hurry(cloud);
  const stage = new BankStage(cloud, new BankFunctions(cloud, folder), { code: 'today' });

  return {
    cloud,
    stage,
    stop: async () => {
      await stage.stop();
      await cloud.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What failed is tried again after a second, in place of the minutes of a real stage. */
async function hurry(cloud: TestCloud): Promise<void> {
  for (const name of ['BankAccountQueue', 'BankBranchQueue', 'RetryQueue']) {
    const QueueUrl = cloud.attributes(name).Ref;

    await cloud.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '1' } }));
  }
}
