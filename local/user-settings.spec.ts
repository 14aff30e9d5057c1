import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import { Home, OWN_VARIABLES } from './user-settings-fixture.ts';
import { awsEnvironment } from './aws-environment.ts';
import { dynoxide, fauxqs, kinesisLocal } from './engines/commands.ts';
import { essentials, leaveUserSettings, unsetEmpty, withoutEmpty, withoutUserSettings } from './user-settings.ts';

const ROOT = join(__dirname, '..');
const MODULE = join(__dirname, 'user-settings.ts');
/** What differs between two requests that are the same. */
const VARYING = /^(?:amz-sdk-invocation-id|authorization|date|x-amz-date|host)$/;

let server: Server;
let url: string;
const seen: object[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method, url: target, headers } = request;
    const [, credential = ''] = /Credential=(\S+)\//.exec(headers.authorization ?? '') ?? [];
    const kept = Object.entries(headers).filter(([name]) => !VARYING.test(name));
    seen.push({ method, target, credential: credential.replace(/\d{8}/, 'DAY'), ...Object.fromEntries(kept) });
    request.resume();
    response.end(target === '/' ? '{}' : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('leaveUserSettings', () => {
  const before = { ...process.env };
  const home = new Home();

  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  });

  afterAll(() => {
    home.remove();
  });

  /** What clients send that have all of their settings from the environment, as a function's have. */
  async function requests(variables: Readonly<Record<string, string>>): Promise<object[]> {
    seen.length = 0;
    Object.assign(process.env, variables);
    leaveUserSettings();
    Object.assign(process.env, awsEnvironment({ dynamodb: url, kinesis: url, sqs: url, s3: url }, 'us-east-1'));
    const [dynamodb, s3] = [new DynamoDBClient(), new S3Client({ forcePathStyle: true })];
    await dynamodb.send(new ListTablesCommand());
    await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'x' }));
    dynamodb.destroy();
    s3.destroy();
    return [...seen];
  }

  it.each([
    ...Object.entries(OWN_VARIABLES).map(([name, value]) => [name, { [name]: value }] as const),
    ['AWS_CONFIG_FILE', { AWS_CONFIG_FILE: join(home.folder, '.aws/config') }] as const,
    ['AWS_SHARED_CREDENTIALS_FILE', { AWS_SHARED_CREDENTIALS_FILE: join(home.folder, '.aws/credentials') }] as const,
    ['the home directory', home.variables] as const,
    ['all of them', { ...OWN_VARIABLES, ...home.variables }] as const,
  ])('given %s, then clients send what they send without', async (_name, variables) => {
    const usual = await requests({});
    expect(usual).toEqual([
      expect.objectContaining({ target: '/', credential: 'local/DAY/us-east-1/dynamodb' }),
      expect.objectContaining({ target: '/bucket/key?x-id=PutObject', credential: 'local/DAY/us-east-1/s3' }),
    ]);
    expect(await requests(variables)).toEqual(usual);
  });
});

describe('a process with a proxy', () => {
  const PROXIED = { HTTP_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' };

  /** What a process with these variables prints that calls a function of the module, and then asks the server in both ways of Node. */
  async function printed(call: string, variables: NodeJS.ProcessEnv): Promise<string> {
    const script = `
      import * as http from 'node:http';
      import * as settings from ${JSON.stringify(MODULE)};
      ${call}
      const fetched = await fetch('${url}').then(() => 'ok', ({ cause }) => cause.code);
      const got = await new Promise((resolve) => {
        http.get('${url}', (answer) => resolve(answer.resume() && 'ok')).on('error', ({ code }) => resolve(code));
      });
      console.log(fetched, got);
      process.exit();`;
    const env = { ...essentials(), ...variables };
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env });
    return (await text(child.stdout)).trim();
  }

  it('goes by it, unless it leaves the settings', async () => {
    expect(await printed('', PROXIED)).toBe('ECONNREFUSED ECONNREFUSED');
    expect(await printed('settings.leaveUserSettings();', PROXIED)).toBe('ok ok');
    expect(await printed('settings.leaveUserSettings(); process.env = {};', PROXIED)).toBe('ok ok');
    const byOption = { HTTP_PROXY: PROXIED.HTTP_PROXY, NODE_OPTIONS: '--use-env-proxy' };
    expect(await printed('settings.leaveUserSettings();', byOption)).toBe('ok ok');
  });

  it.each([{}, { NO_PROXY: 'example.com' }, { no_proxy: 'example.com' }])(
    'with %j too, fetches from this machine without it where that is asked for',
    async (variables) => {
      expect(await printed('settings.leaveProxyForThisMachine();', { ...PROXIED, ...variables })).toMatch(/^ok /);
    },
  );
});

describe('an environment', () => {
  it('without a developer’s settings has all else, and no files', () => {
    const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, ...rest } = withoutUserSettings({
      ...OWN_VARIABLES,
      AWS_OF_TOMORROW: 'x',
      EDITOR: 'vi',
    });
    expect([AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE]).not.toContain(undefined);
    const { TZ, LANG, PORT } = OWN_VARIABLES;
    expect(rest).toEqual({ TZ, LANG, PORT, EDITOR: 'vi', AWS_EC2_METADATA_DISABLED: 'true' });
  });

  it('has no empty variables where these count as unset', () => {
    expect(withoutEmpty({ PORT: '', LOCAL_CLOUD: '', EDITOR: 'vi' })).toEqual({ EDITOR: 'vi' });
    process.env.EMPTY_OF_SPEC = '';
    unsetEmpty();
    expect('EMPTY_OF_SPEC' in process.env).toBe(false);
  });

  it.each([dynoxide, kinesisLocal, fauxqs])('of an engine holds nothing of the developer’s (%#)', async (command) => {
    const options = { installation: ROOT, host: '127.0.0.1', region: 'us-east-1', dataDirectory: undefined };
    const own = { ...OWN_VARIABLES, NODE_OPTIONS: '--require=/nowhere', KINESIS_MOCK_PLAIN_PORT: '9' };
    const { environment } = await command({ ...options, environment: own });
    const { AWS_REGION = 'us-east-1', AWS_ACCOUNT_ID = '000000000000', ...rest } = environment;
    expect({ AWS_REGION, AWS_ACCOUNT_ID }).toEqual({ AWS_REGION: 'us-east-1', AWS_ACCOUNT_ID: '000000000000' });
    expect(Object.keys(rest).filter((name) => name in own)).toEqual([]);
  });
});
