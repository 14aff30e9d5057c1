import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { yamlParse } from 'yaml-cfn';

import { configOf } from '../support/samconfig';
import { readTemplate } from '../../local/template/template.ts';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const template = readTemplate(join(ROOT, 'template.yaml'));

interface Account {
  readonly Parameters: {
    readonly application: { readonly Default: string };
    readonly gitHubRepository: { readonly AllowedPattern: string };
  };
  readonly Mappings: { readonly Stages: Readonly<Record<string, { environment: string; suffix: string }>> };
  readonly Resources: Readonly<Record<string, { Properties: { PolicyDocument: { Statement: Statement[] } } }>>;
}

interface Statement {
  readonly Resource: unknown;
}

const account = yamlParse(read('pipeline/account.yaml')) as Account;
const application = account.Parameters.application.Default;
const stages = Object.values(account.Mappings.Stages);
/** What CloudFormation may do; .ci/check-deploy-role.py compares the actions. */
const statements = ['MakeFunctions', 'MakeDelivery', 'MakeObservation'].flatMap(
  (policy) => account.Resources[policy]!.Properties.PolicyDocument.Statement,
);

const sectionOf = (environment: string) => (environment === 'dev' ? 'default' : environment);

describe('The pipelines', () => {
  it.each([
    ['', true],
    ['octo-org/octo.repo', true],
    ['octo-org@123456/octo.repo@456789', true],
    ['octo-org@123456/octo.repo', false],
    ['octo-org/octo.repo@456789', false],
    ['octo-org@*/octo.repo@*', false],
    ['octo-org', false],
  ])('take %j for the repository that may deploy: %j', (repository, isTaken) => {
    // CloudFormation's patterns have to match the whole value.
    const pattern = new RegExp(`^(?:${account.Parameters.gitHubRepository.AllowedPattern})$`);

    expect(pattern.test(repository)).toBe(isTaken);
  });

  it.each(stages)('let CloudFormation make the tables and the stream of $environment, by their names', (stage) => {
    const { parameters } = configOf(sectionOf(stage.environment));
    const patterns = statements
      .flatMap(({ Resource }) => Resource)
      .map((arn) => /:(?:table|stream)\/([-\w]+)\*$/.exec((arn as Record<string, string>)['Fn::Sub'] ?? '')?.[1])
      .filter((prefix) => prefix !== undefined);
    const names = Object.entries(template.parameters as Record<string, { Default: string }>)
      .filter(([name]) => /Table$|^eventStream$/.test(name))
      .map(([name, { Default }]) => String(parameters[name] ?? Default));

    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !patterns.some((prefix) => name.startsWith(prefix)))).toEqual([]);
  });

  it.each(['.github/workflows/deploy.yml', 'pipeline/deploy.buildspec.yml'])(
    'give a new stage minutes, in %s',
    (file) => {
      // "During event source mapping creation, it may take several minutes to start polling events from the stream."
      // https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
      const seconds = /npm run smoke -- --timeout (\d+) /.exec(read(file))?.[1];

      expect(Number(seconds)).toBeGreaterThanOrEqual(600);
    },
  );

  it.each(stages)('deploy $environment to the stack that its policy names', ({ environment, suffix }) => {
    const section = sectionOf(environment);
    const workflow = yamlParse(read('.github/workflows/ci.yml')) as { jobs: Record<string, { with: unknown }> };

    expect(configOf(section).stack).toBe(`${application}${suffix}`);
    expect(workflow.jobs[environment]?.with).toEqual({
      environment,
      'config-env': section,
      stack: `${application}${suffix}`,
    });
  });
});
