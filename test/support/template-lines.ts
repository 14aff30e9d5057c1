import { readFileSync } from 'node:fs';

import { readTemplate, type Resource, type Section } from '../../local/template/template.ts';
import { roleOf } from './permissions';

/** Tables that every aggregate type shares. */
const SHARED_TABLES = ['EventLog', 'SetValidations', 'IdempotencyRecords', 'Snapshots', 'Checkpoints'];

const PROCESSOR = 'QueueProcessor';

/** How many lines of a template an aggregate type and a route take. Comments and empty lines do not count. */
export class TemplateLines {
  private readonly lines: readonly string[];
  private readonly resources: readonly Resource[];
  private readonly functions: readonly Resource[];

  constructor(private readonly file: string) {
    this.lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(#|$)/.test(line));
    this.resources = [...readTemplate(file).resources.values()];
    this.functions = this.resources.filter(({ type }) => type === 'AWS::Serverless::Function');
  }

  /** The functions of all routes, with their roles and the policies that only these have, for one route. */
  ofRoute(): number {
    const routes = this.functions.filter((resource) => sourcesOf(resource).includes('Api'));
    const parts = [...routes.map(({ logicalId }) => logicalId), ...this.rolesOf(routes)];

    return this.count(parts) / routes.length;
  }

  /**
   * What all aggregate types have, without their routes, for one of them that has one table: queues, processors and their role, alarms,
   * outputs, and their lines in what they share with others. The dashboard has no lines of theirs.
   */
  ofAggregate(): number {
    // Not by their source: the broker has a queue, too.
    const processors = this.functions.filter(({ logicalId }) => logicalId.endsWith(PROCESSOR));
    const names = processors.map(({ logicalId }) => logicalId.slice(0, -PROCESSOR.length));
    const kinds = ['Queue', 'DeadLetterQueue', 'QueueProcessor', 'DeadLetterAlarm', 'QueueAgeAlarm'];
    const outputs = ['QueueArn', 'QueueUrl', 'DeadLetterQueueArn', 'DeadLetterQueueUrl'];
    const own = names.flatMap((name) => [...kinds, ...outputs].map((kind) => name + kind));
    const shared = ['EventBroker', 'EventBrokerRole', 'ConsumerErrorsAlarm'].flatMap((id) => this.itemsOf(id, names));
    const tables = this.tables();
    const all = this.count([...own, ...this.rolesOf(processors)]) + shared.length;

    return (all + (this.linesOfTables(tables) * names.length) / tables.length) / names.length;
  }

  private tables(): Resource[] {
    return this.resources.filter(
      ({ type, logicalId }) => type === 'AWS::DynamoDB::Table' && !SHARED_TABLES.includes(logicalId),
    );
  }

  /** With the parameter of its name, the variable that tells it to the functions, and its output. */
  private linesOfTables(tables: readonly Resource[]): number {
    const parameters = tables.map(({ properties }) => (properties.TableName as { Ref: string }).Ref);
    const variables = this.lines.filter((line) => parameters.some((name) => line.includes(`${name}: !Ref ${name}`)));
    const parts = tables.flatMap(({ logicalId }) => [logicalId, `${logicalId}Arn`]);

    return this.count([...parts, ...parameters]) + variables.length;
  }

  private rolesOf(functions: readonly Resource[]): string[] {
    const template = readTemplate(this.file);
    const roles = new Set(functions.map(({ logicalId }) => roleOf(template, logicalId)));
    const policiesOf = (id: string) =>
      ((template.resources.get(id)?.properties.ManagedPolicyArns ?? []) as { Ref: string }[]).map(({ Ref }) => Ref);
    const others = this.functions.map(({ logicalId }) => roleOf(template, logicalId)).filter((id) => !roles.has(id));
    const shared = new Set(others.flatMap(policiesOf));

    return [...roles, ...new Set([...roles].flatMap(policiesOf).filter((id) => !shared.has(id)))];
  }

  /** Lines of the entries of these names; a loop that makes some of them counts once. */
  private count(names: readonly string[]): number {
    const entries = new Set(names.map((name) => this.entryOf(name)));

    return [...entries].reduce((sum, start) => sum + this.entryAt(start).length, 0);
  }

  private entryOf(name: string): number {
    const start = this.lines.indexOf(`  ${name}:`);
    const inline = this.lines.findIndex((line) => line.startsWith(`  ${name}: `));
    const maker = this.lines.findIndex((line) => makes(line, name));
    const loop = this.lines.findLastIndex((line, index) => index < maker && line.startsWith('  Fn::ForEach::'));
    const found = [start, inline, loop].find((index) => index >= 0);

    if (found === undefined) throw new Error(`${name}: expected an entry or a loop that makes it in ${this.file}.`);
    return found;
  }

  private entryAt(start: number): string[] {
    const end = this.lines.findIndex((line, index) => index > start && !line.startsWith('   '));

    return this.lines.slice(start, end < 0 ? undefined : end);
  }

  /** Lines of an entry that name one of these; of its list of metrics, all lines of the metric. */
  private itemsOf(id: string, names: readonly string[]): string[] {
    const blocks = this.entryAt(this.entryOf(id)).reduce<string[][]>((all, line) => {
      const inMetric = /^ {8}- Id: |^ {10}/.test(line) && id.endsWith('Alarm');

      if (inMetric && !line.startsWith('        - Id: ')) all.at(-1)!.push(line);
      else all.push([line]);
      return all;
    }, []);

    return blocks.filter((block) => names.some((name) => block.join().includes(`${name}Queue`))).flat();
  }
}

function sourcesOf({ properties }: Resource): string[] {
  return Object.values((properties.Events ?? {}) as Section).map((event) => (event as { Type: string }).Type);
}

/** Whether the line is a key of a loop that makes this name. */
function makes(line: string, name: string): boolean {
  const [, before, after] = /^ {4}(?:- | {2})(\w*)\$\{\w+\}(\w*):/.exec(line) ?? [];

  return (
    before !== undefined &&
    name.startsWith(before) &&
    name.endsWith(after!) &&
    name.length > before.length + after!.length
  );
}
