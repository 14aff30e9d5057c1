import { once } from 'node:events';
import { createServer } from 'node:net';

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

import { CREDENTIALS } from '../../local/aws-environment.ts';
import { answers } from '../../local/engines/answers.ts';
import { freePort } from '../../local/engines/free-port.ts';
import { runningCloud } from '../../local/running-cloud.ts';
import { Home, OWN_VARIABLES } from '../../local/user-settings-fixture.ts';
import { poll } from '../../local/poll.ts';
import { LocalProject } from '../support/local-project';

jest.setTimeout(120_000);

const TEMPLATE = `
Parameters:
  greeting: { Type: String, Default: hello, AllowedValues: [hello, hi, hey] }
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      CodeUri: Function
      Tracing: Active
      Environment: { Variables: { greeting: !Ref greeting, table: !Ref Table, queue: !Ref Queue, bucket: !Ref Bucket } }
      Events:
        Variables: { Type: Api, Properties: { Path: /variables, Method: get } }
        Table: { Type: DynamoDB, Properties: { Stream: !GetAtt Table.StreamArn, StartingPosition: TRIM_HORIZON } }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  Queue: { Type: AWS::SQS::Queue }
  Bucket: { Type: AWS::S3::Bucket }
  Alarm: { Type: AWS::CloudWatch::Alarm }
  Machine: { Type: AWS::StepFunctions::StateMachine }
`;

/** Answers its variables; logs the keys that its stream brings. */
const SOURCE = `
exports.handler = async ({ Records, path }) => {
  if (Records) return console.log('stream', Records.map(({ dynamodb }) => dynamodb.Keys.id.S).join());
  const { greeting, table, queue, bucket } = process.env;
  return { statusCode: 200, body: JSON.stringify({ greeting, table, queue, bucket }) };
};`;

const projects: LocalProject[] = [];

function project(changes: { template?: string; source?: string } = {}): LocalProject {
  const made = new LocalProject(changes.template ?? TEMPLATE, changes.source ?? SOURCE);
  projects.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(projects.splice(0).map((each) => each.remove()));
});

async function put(endpoint: string, id: string): Promise<void> {
  const dynamodb = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS });
  await dynamodb.send(new PutItemCommand({ TableName: 'local-Table', Item: { id: { S: id } } }));
  dynamodb.destroy();
}

async function until(condition: () => boolean): Promise<void> {
  const patience = { timeoutMilliseconds: 20_000, intervalMilliseconds: 20 };
  await poll(() => Promise.resolve(condition() || undefined), patience);
}

describe('npm start', () => {
  it('when the template is sound, then it serves the API, and SIGTERM leaves nothing behind', async () => {
    const given = project();
    given.write('.env', 'greeting=hi\nPORT=1\n');
    given.write('package.json', JSON.stringify({ scripts: { check: 'node --eval "console.log(1)"' } }));
    const run = given.run(['--parameter', 'greeting=hey']);
    const url = await run.ready();
    const answer = await fetch(`${url}/variables`);
    const { endpoints, functions, pid } = given.state!;
    expect(await answer.json()).toEqual({
      greeting: 'hey',
      table: 'local-Table',
      queue: `${endpoints.sqs}/000000000000/local-Queue`,
      bucket: 'local-bucket',
    });
    expect(run.errors.split('\n')).toEqual([
      '.env: PORT is read from the environment alone, and is ignored here. Set it in the shell that runs the command.',
      'Not run locally: AWS::StepFunctions::StateMachine Machine',
      '',
    ]);
    const told = run.lines.filter((line) => !run.errors.includes(line) || line === '');
    expect(told.map((line) => line.replace(/[\d.]+ s$/, 'N s'))).toEqual([
      'Building the functions …',
      'Starting DynamoDB, Kinesis, SQS …',
      expect.stringMatching(/^(Functions built|DynamoDB, Kinesis, SQS started) after N s$/),
      expect.stringMatching(/^(Functions built|DynamoDB, Kinesis, SQS started) after N s$/),
      'Creating the resources …',
      'Resources created after N s',
      'Left out, as it only matters on AWS: 2 kinds of resources and properties (npm start -- --verbose names them).',
      '',
      'GET  /variables  Function',
      '',
      `Ready ${url}`,
    ]);
    expect(Object.keys(functions)).toEqual(['Function']);
    expect(await run.stop()).toBe(0);
    const listening = [url, ...Object.values(endpoints as unknown as Record<string, string>)].map(answers);
    expect(await Promise.all(listening)).toEqual([false, false, false, false, false]);
    expect(given.state).toBeUndefined();
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('when its developer works with AWS on Windows otherwise, then it runs all the same, and names what it does not know', async () => {
    const home = new Home();
    const given = project();
    given.write('.env', Buffer.from('\uFEFFgreeting=hey\r\ngreting=hi\r\n', 'utf16le'));
    const run = given.run([], { ...OWN_VARIABLES, ...home.variables });
    const url = await run.ready();
    expect(await (await fetch(`${url}/variables`)).json()).toMatchObject({ greeting: 'hey' });
    expect(given.state!.region).toBe('us-east-1');
    expect(run.errors).toMatch(
      /^\.env: greting is neither a parameter of template\.yaml nor a setting of this project, and is ignored\. The nearest name is greeting\.$/m,
    );
    await put(given.state!.endpoints.dynamodb, 'one');
    await until(() => run.output.includes('stream one'));
    home.remove();
  });

  it('when .env is no text, then it says so', async () => {
    const given = project();
    given.write('.env', Buffer.from('greeting=gr\xfcezi', 'latin1'));
    const run = given.run();
    expect(await run.exit).toBe(1);
    expect(run.errors).toMatch(/\.env is no text in UTF-8: expected UTF-8\. Save it again in your editor/);
  });

  it('when it is interrupted while it starts, or twice at once, then it ends with 0', async () => {
    const starting = project().run();
    const twice = project().run();
    await twice.ready();
    starting.signal('SIGINT');
    twice.signal('SIGINT');
    twice.signal('SIGINT');
    expect(await Promise.all([starting.exit, twice.exit])).toEqual([0, 0]);
  });

  it('when it is killed, then its engines end, too, and the next takes its place', async () => {
    const given = project();
    const run = given.run();
    await run.ready();
    const { endpoints } = given.state!;
    run.signal('SIGKILL');
    const gone = async (): Promise<true | undefined> => {
      const listening = await Promise.all([endpoints.dynamodb, endpoints.kinesis, endpoints.sqs].map(answers));
      return listening.includes(true) ? undefined : true;
    };
    expect(await poll(gone, { timeoutMilliseconds: 10_000, intervalMilliseconds: 20 })).toBe(true);
    const next = given.run();
    await next.ready();
    expect(given.state?.endpoints).not.toEqual(endpoints);
  });

  it('when one runs already, then another says so, or has a name, may use its engines, and leaves it alone', async () => {
    const given = project();
    const first = given.run(['--data', 'data']);
    const url = await first.ready();
    const { pid, endpoints } = given.state!;
    const [same, sameData] = [given.run(), given.run(['--data', 'data'], { LOCAL_CLOUD: 'other' })];
    expect(await Promise.all([same.exit, sameData.exit])).toEqual([1, 1]);
    expect(same.output).toMatch(new RegExp(`^A local cloud runs in this folder already: process ${pid}, ${url}\\. `));
    expect(sameData.output).toMatch(new RegExp(`^--data: data is in use by another local cloud, process ${pid}\\. `));
    const own = { LOCAL_CLOUD: 'second', AWS_ENDPOINT_URL_DYNAMODB: `${endpoints.dynamodb}/` };
    const second = given.run([], own);
    const otherUrl = await second.ready();
    expect(second.output).toMatch(/^Starting Kinesis, SQS …$/m);
    expect(runningCloud(given.root, own).endpoints.dynamodb).toBe(endpoints.dynamodb);
    expect(given.state).toMatchObject({ pid, api: url });
    expect(await second.stop()).toBe(0);
    expect(otherUrl).not.toBe(url);
    expect((await fetch(`${url}/variables`)).status).toBe(200);
    expect(given.state?.pid).toBe(pid);
  });

  it('when it keeps its data, then tables and stream are there the next time, and type errors are told', async () => {
    const given = project();
    const first = given.run(['--data', 'data']);
    await first.ready();
    await put(given.state!.endpoints.dynamodb, 'one');
    await until(() => first.output.includes('stream one'));
    await first.stop();
    given.write('tsconfig.build.json', JSON.stringify({ compilerOptions: { noEmit: true }, files: ['wrong.ts'] }));
    given.write('wrong.ts', "export const wrong: number = 'text';\n");
    const second = given.run(['--data', 'data', '--verbose']);
    await second.ready();
    await put(given.state!.endpoints.dynamodb, 'two');
    await until(() => second.output.includes('two'));
    expect(second.output).toMatch(/stream one(,|\nstream )two/);
    expect(second.output).toMatch(/^Not run locally: AWS::CloudWatch::Alarm Alarm$/m);
    await until(() => second.errors.includes('mend what tsc says above'));
    expect(second.errors).toMatch(
      /^wrong\.ts\(1,14\): error TS2322: .+\nThe functions run, but their types are wrong/m,
    );
  });
});

describe('npm start, given something wrong', () => {
  async function failure(given: LocalProject, args: string[] = [], environment = {}): Promise<string> {
    const run = given.run(args, environment);
    expect(await run.exit).toBe(1);
    expect(given.state).toBeUndefined();
    return run.errors.trim();
  }

  it('when the port is taken, then it says so at once', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await failure(project(), ['--port', String(port)])).toBe(
      `Port ${port} is taken: stop what listens there, or choose another with PORT=${port + 1} npm start.`,
    );
    server.close();
  });

  it('when an API is to be closed that knows no tokens, then it says what the template lacks', async () => {
    const run = project().run(['--auth']);
    expect(await run.exit).toBe(1);
    expect(run.errors.split('\n')).toEqual([
      '--auth: expected the template to have the parameters authentication, tokenIssuer and tokenAudience.',
      '',
    ]);
  });

  it('when parameters break a rule of the template, then it says so in the words of the rule', async () => {
    const rule = 'Rules: { R: { Assertions: [{ Assert: !Equals [!Ref greeting, hi], AssertDescription: Say hi. }] } }';
    const run = project({ template: `${rule}${TEMPLATE}` }).run();
    expect(await run.exit).toBe(1);
    expect(run.output).toBe('Rule R of the template: Say hi.\n');
  });

  it('when an argument is wrong, then it says which', async () => {
    expect(await failure(project(), ['--prot', '1'])).toBe("Unknown option '--prot'. See npm start -- --help.");
  });

  it('when the build fails, then it shows why', async () => {
    const output = await failure(project({ source: 'const = 1;' }));
    expect(output).toMatch(/Module parse failed/);
    expect(output.split('\n').at(-1)).toBe(
      'The build failed (exit code 1): mend what webpack says above, then run npm start again.',
    );
  });

  it('when the project’s own check fails, then it shows what that found', async () => {
    const given = project();
    given.write('package.json', JSON.stringify({ scripts: { check: 'node check.js' } }));
    given.write('check.js', "console.log('one'); console.error('two'); process.exitCode = 1;");
    const lines = (await failure(given)).split('\n');
    expect(lines.slice(0, -1).sort()).toEqual(['one', 'two']);
    expect(lines.at(-1)).toBe(
      'npm run check failed (exit code 1). Mend what the check says above, then run npm start again.',
    );
  });

  it.each([
    [TEMPLATE.replace('!Ref Queue', '!Ref Quue'), 'Quue is neither a parameter nor a resource of the template.'],
    [TEMPLATE.replace('app.handler', 'index.handler'), 'index.js is missing: run npm run build:dev, which writes it.'],
    [
      TEMPLATE.replace('Type: AWS::SQS::Queue', 'Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: -1 }'),
      'Resources.Queue (AWS::SQS::Queue) could not be created: ',
    ],
  ])('when the template is broken, then one line says where (%#)', async (template, message) => {
    const output = await failure(project({ template }));
    expect(output).toContain(message);
    expect(output).not.toContain('\n');
  });

  it('when another engine does not answer, then it says which', async () => {
    const endpoint = `http://127.0.0.1:${await freePort('127.0.0.1')}`;
    expect(await failure(project(), [], { AWS_ENDPOINT_URL_KINESIS: endpoint })).toBe(
      `Nothing answers at AWS_ENDPOINT_URL_KINESIS=${endpoint}: start it, or unset AWS_ENDPOINT_URL_KINESIS to use the built-in engine.`,
    );
  });
});
