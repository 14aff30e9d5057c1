import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyResult } from 'aws-lambda';

import type { FunctionPool } from '../../local/lambda/function-pool.ts';
import { startMapping } from '../../local/mappings/start-mapping.ts';
import type { Running } from '../../local/mappings/until-stopped.ts';
import type { MappingModel } from '../../local/model.ts';
import { documentClient } from '../../src/event-store/dynamo/document-client';
import { streamMappings } from '../faults/stream-mappings';
import { apiEvent } from '../support/api-event';
import { queueMapping } from '../support/mapped-queue';
import { empty } from '../support/tables';
import type { TestCloud } from '../support/test-cloud';
import type { BankFunctions } from './bank-functions';
import { hasBranches, type Release } from './release';
import type { Errand } from './teller';
import { WeightedAlias } from './weighted-alias';

/** What the canary of template.yaml gives to a new version. */
const CANARY = 0.1;
/** With it, every new version is drawn soon. */
const SEED = 59_758;

/** The bank, as a stage runs it: a deployment moves the functions' aliases from one release to the next. */
export class BankStage {
  private readonly teller: WeightedAlias;
  private readonly broker: WeightedAlias;
  /** The broker once more: with what its settings had kept from a queue. */
  private readonly retrier: WeightedAlias;
  private readonly accountProcessor: WeightedAlias;
  private readonly branchProcessor: WeightedAlias;
  private readonly mappings: Running[];
  private branches: Running | undefined;
  private next: Release;

  /** @param current release that runs */
  constructor(
    private readonly cloud: TestCloud,
    private readonly functions: BankFunctions,
    private current: Release,
  ) {
    const { ofLog, ofKinesis } = streamMappings(cloud);

    this.next = current;
    this.teller = new WeightedAlias(functions.teller(current), SEED);
    this.broker = new WeightedAlias(functions.broker(current), SEED + 1);
    this.retrier = new WeightedAlias(functions.broker(current), SEED + 2);
    this.accountProcessor = new WeightedAlias(functions.processor(current), SEED + 3);
    this.branchProcessor = new WeightedAlias(functions.processor(current), SEED + 4);
    this.mappings = [
      this.map(ofLog, functions.adaptor),
      this.map(ofKinesis, this.broker),
      this.map(queueMapping(cloud, 'RetryQueue'), this.retrier),
      this.map(queueMapping(cloud, 'BankAccountQueue'), this.accountProcessor),
    ];
  }

  /** Whether all that there was before the deployment has worked in both versions since. */
  get isMixed(): boolean {
    return [this.teller, this.broker, this.accountProcessor].every(({ isMixed }) => isMixed);
  }

  /** How often a function had an event that it did not know, or had no queue for. */
  get unknown(): number {
    return this.accountProcessor.failures + this.branchProcessor.failures + this.retrier.records;
  }

  /** Lets a release have all of the traffic. */
  async run(release: Release): Promise<void> {
    this.current = this.next = release;
    await this.route(0);
  }

  /** Begins a deployment. What is new in it is there at once; of what there was before, the canary's share. */
  async deploy(release: Release): Promise<void> {
    this.next = release;
    await this.route(CANARY);
  }

  complete(): Promise<void> {
    return this.run(this.next);
  }

  /** What was new is gone, with all that was in it. */
  rollBack(): Promise<void> {
    return this.run(this.current);
  }

  async send(command: Errand, id: string, value?: unknown): Promise<APIGatewayProxyResult> {
    return (await this.teller.invoke(requestOf(command, id, value))) as APIGatewayProxyResult;
  }

  /** To the function of a command that the next release brings: there is no older version of it. */
  async sendToNew(command: Errand, id: string, value?: unknown): Promise<APIGatewayProxyResult> {
    return (await this.teller.invokeNew(requestOf(command, id, value))) as APIGatewayProxyResult;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.mappings, ...(this.branches ? [this.branches] : [])].map((mapping) => mapping.stop()));
    await this.functions.stop();
  }

  private async route(share: number): Promise<void> {
    const { current, next, functions } = this;
    const oldest = hasBranches(current) ? current : next;

    await Promise.all([
      this.teller.route(functions.teller(current), functions.teller(next), share),
      this.broker.route(functions.broker(current), functions.broker(next), share),
      this.retrier.route(functions.broker(current), functions.broker(next), share),
      this.accountProcessor.route(functions.processor(current), functions.processor(next), share),
      this.branchProcessor.route(functions.processor(oldest), functions.processor(next), share),
    ]);
    if (hasBranches(next)) {
      this.branches ??= this.map(queueMapping(this.cloud, 'BankBranchQueue'), this.branchProcessor);
    } else {
      await this.deleteBranches();
    }
  }

  /** Queue and table, as CloudFormation does where it rolls back the release that brought them. */
  private async deleteBranches(): Promise<void> {
    const { sqs, dynamodb } = this.cloud.clients;

    await this.branches?.stop();
    this.branches = undefined;
    await sqs.send(new PurgeQueueCommand({ QueueUrl: this.cloud.attributes('BankBranchQueue').Ref }));
    await empty(documentClient(dynamodb), 'projection-branches');
  }

  private map(mapping: MappingModel, alias: FunctionPool | WeightedAlias): Running {
    return startMapping(mapping, alias as FunctionPool, this.cloud.endpoints);
  }
}

function requestOf(command: Errand, id: string, value: unknown) {
  return apiEvent({ body: JSON.stringify({ command, id, value }) });
}
