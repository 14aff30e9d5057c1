import { randomUUID } from 'node:crypto';

import type { APIGatewayProxyResult } from 'aws-lambda';

import type { Uuid } from '../../src/event-store/events/event';
import type { BankStage } from './bank-stage';
import type { Errand } from './teller';
import { until } from './until';

/** Those who send commands to a stage. */
export class BankClients {
  /** Commands that were accepted: each has made one event. */
  accepted = 0;
  /** Commands that were refused, some time or other. */
  readonly refused = new Set<Errand>();

  constructor(private readonly stage: BankStage) {}

  async send(command: Errand, id: Uuid, value?: unknown): Promise<APIGatewayProxyResult> {
    return this.count(command, await this.stage.send(command, id, value));
  }

  /** By the function that is new with this command. */
  async sendToNew(command: Errand, id: Uuid, value?: unknown): Promise<APIGatewayProxyResult> {
    return this.count(command, await this.stage.sendToNew(command, id, value));
  }

  /** Sends a command until it is accepted, as one does who is told to try again later; answers its aggregate's version. */
  insist(command: Errand, id: Uuid, value?: unknown): Promise<number> {
    return until(`${command} to be accepted`, async () => versionIn(await this.send(command, id, value)));
  }

  /** Opens some accounts. */
  async open(count: number): Promise<Uuid[]> {
    const ids = Array.from({ length: count }, () => randomUUID());

    for (const id of ids) {
      await this.insist('OpenAccount', id, 'Ada');
    }
    return ids;
  }

  /** Deposits something in each account, once and until every function has worked in both versions. */
  async trade(ids: readonly Uuid[]): Promise<void> {
    await until('both versions of each function to work', async () => {
      for (const id of ids) {
        await this.insist('Deposit', id, 1);
      }
      return this.stage.isMixed || undefined;
    });
  }

  private count(command: Errand, answer: APIGatewayProxyResult): APIGatewayProxyResult {
    if (answer.statusCode === 202) {
      this.accepted += 1;
    } else {
      this.refused.add(command);
    }
    return answer;
  }
}

/** @throws Error for an answer that is not about a version that is missing */
function versionIn({ statusCode, body }: APIGatewayProxyResult): number | undefined {
  if (statusCode !== 202 && statusCode !== 503) {
    throw new Error(`Expected 202 or 503, and got ${statusCode}: ${body}`);
  }
  return statusCode === 202 ? (JSON.parse(body) as { version: number }).version : undefined;
}
