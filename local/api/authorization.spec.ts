import { bundleFixture } from '../lambda/bundle-fixture.ts';
import { FunctionPool } from '../lambda/function-pool.ts';
import type { AuthorizerModel } from '../model.ts';
import { type RunningApi, startApi } from './start-api.ts';

/** The authorizer answers what the header X-Answer says, with METHOD_ARN for the request's own; or throws X-Throw. */
const SOURCE = `
let calls = 0;
exports.echo = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });
exports.decide = async (event) => {
  calls += 1;
  const { 'X-Throw': error, 'X-Answer': answer = '{}' } = event.headers ?? { 'X-Answer': event.authorizationToken };
  if (error) throw new Error(error);
  const { policyDocument, ...rest } = JSON.parse(answer.replaceAll('METHOD_ARN', event.methodArn));
  return { policyDocument, ...rest, ...(rest.context && { context: { ...rest.context, calls } }) };
};
exports.tell = async (event) => ({
  principalId: 'ada',
  policyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  context: { event: JSON.stringify(event) },
});
`;

const REQUEST: AuthorizerModel = {
  functionId: 'decide',
  type: 'REQUEST',
  identityHeaders: [],
  validation: undefined,
  cacheSeconds: 0,
};
const TOKEN: AuthorizerModel = { ...REQUEST, type: 'TOKEN', identityHeaders: ['x-token'], validation: /^(?:\{.*\})$/ };
const KEPT: AuthorizerModel = { ...REQUEST, identityHeaders: ['X-Answer'], cacheSeconds: 300 };

const OWN = 'arn:aws:execute-api:us-east-1:000000000000:local/dev';
const statement = (Effect: string, Resource: unknown = 'METHOD_ARN', Action: unknown = 'execute-api:Invoke') => ({
  Effect,
  Action,
  Resource,
});
const answering = (statements: unknown, rest: object = {}) => ({
  'X-Answer': JSON.stringify({
    principalId: 'ada',
    policyDocument: { Version: '2012-10-17', Statement: statements },
    ...rest,
  }),
});

interface Seen {
  readonly requestContext: { readonly authorizer: Record<string, unknown> };
}

describe('Authorization', () => {
  const bundle = bundleFixture(SOURCE);
  let pools: Map<string, FunctionPool>;
  let api: RunningApi;
  let log: jest.SpyInstance;

  beforeAll(async () => {
    log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    pools = new Map(
      ['echo', 'decide', 'tell'].map((id) => {
        const model = bundle.model(id, { logicalId: id });
        return [id, new FunctionPool(model, { environment: {}, maximumInstances: 1 })];
      }),
    );
    const route = (path: string, authorizer?: AuthorizerModel) => ({
      method: 'ANY',
      path,
      functionId: 'echo',
      authorizer,
    });
    api = await startApi(
      {
        routes: [
          route('/things', REQUEST),
          route('/things/{id}', REQUEST),
          route('/token', TOKEN),
          route('/kept', KEPT),
          route('/kept/{id}', KEPT),
          route('/tell/{id}', { ...REQUEST, functionId: 'tell' }),
          route('/nobody', { ...REQUEST, functionId: 'Nobody' }),
          route('/open'),
        ],
        stage: 'dev',
        corsHeaders: { 'Access-Control-Allow-Origin': '*' },
        preflightAuthorizer: REQUEST,
        gatewayResponses: {},
      },
      pools,
      0,
    );
  });

  afterAll(async () => {
    await api.stop();
    await Promise.all([...pools.values()].map((pool) => pool.stop()));
    bundle.remove();
    log.mockRestore();
  });

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(api.url + path, { method, headers });
  const seen = async (response: Response) => (await response.json()) as Seen;

  it('when a route has none, then it is open, and its function is told of nobody', async () => {
    const response = await ask('/open');
    expect(response.status).toBe(200);
    expect((await seen(response)).requestContext.authorizer).toBeUndefined();
  });

  it('when it allows, then the function gets the principal and the context, as text', async () => {
    const context = { text: 'a', number: 7, truth: true };
    const response = await ask('/things', answering(statement('Allow'), { context }), 'POST');
    expect((await seen(response)).requestContext.authorizer).toEqual({
      principalId: 'ada',
      text: 'a',
      number: '7',
      truth: 'true',
      calls: expect.any(String) as unknown,
      integrationLatency: expect.any(Number) as unknown,
    });
  });

  it.each([
    [200, statement('Allow', ['arn:other', 'METHOD_ARN'], ['execute-api:ManageConnections', 'execute-api:invoke'])],
    [200, statement('Allow', '*', '*')],
    [200, statement('Allow', `${OWN}/GET/*`, 'execute-api:*')],
    [200, statement('Allow', `${OWN}/*/things/1`)],
    [200, statement('Allow', `${OWN}/G?T/things/?`)],
    [403, statement('Allow', `${OWN}/GET/things`)],
    [403, statement('Allow', `${OWN}/POST/*`)],
    [403, statement('Allow', OWN.replace('local/dev', 'local/prod/*'))],
    [403, statement('Allow', 'METHOD_ARN', 'execute-api:InvalidateCache')],
    [403, statement('Deny')],
    [403, [statement('Allow', '*'), statement('Deny', `${OWN}/GET/*`)]],
  ])('when GET /things/1 is %i by the policy %j, then that is the answer', async (status, statements) => {
    const response = await ask('/things/1', answering(statements));
    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-ErrorType')).toBe(status === 403 ? 'AccessDeniedException' : null);
  });

  it('when it throws Unauthorized, then the answer is 401', async () => {
    const response = await ask('/things', { 'X-Throw': 'Unauthorized' });
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
  });

  it.each([
    ['it throws something else', { 'X-Throw': 'unauthorized' }],
    ['it answers nothing', { 'X-Answer': '{}' }],
    ['it names nobody', answering(statement('Allow'), { principalId: undefined })],
    ['it has no statement', answering([])],
    ['it allows something else', answering(statement('Permit'))],
    ['it has a condition', answering({ ...statement('Allow'), Condition: {} })],
    ['it has no resource', answering({ Effect: 'Allow', Action: '*' })],
    ['it has a list in its context', answering(statement('Allow'), { context: { list: [] } })],
  ])('when %s, then the answer is 500', async (_, headers) => {
    const response = await ask('/things', headers);
    expect(response.status).toBe(500);
    expect(response.headers.get('x-amzn-ErrorType')).toBe('AuthorizerConfigurationException');
  });

  it('when there is no such function, then the answer is 500, and the log says which', async () => {
    await expect(ask('/nobody')).resolves.toMatchObject({ status: 500 });
    expect(log).toHaveBeenCalledWith('GET /nobody: there is no function Nobody');
  });

  it('when it is of the type REQUEST, then its event is as AWS sends it', async () => {
    const response = await fetch(`${api.url}/tell/a%20b?x=1&x=2`, { method: 'POST', body: 'secret' });
    const { authorizer } = (await seen(response)).requestContext;
    const event = JSON.parse(authorizer.event as string) as Record<string, unknown>;
    expect(event).toMatchObject({
      type: 'REQUEST',
      methodArn: `${OWN}/POST/tell/a%20b`,
      resource: '/tell/{id}',
      path: '/tell/a%20b',
      httpMethod: 'POST',
      headers: { host: expect.any(String) as unknown },
      multiValueHeaders: { host: [expect.any(String)] },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      pathParameters: { id: 'a b' },
      stageVariables: {},
      requestContext: { stage: 'dev', resourcePath: '/tell/{id}', httpMethod: 'POST' },
    });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['body']));
    expect(JSON.stringify(event)).not.toContain('secret');
  });

  it.each([
    [200, { 'X-Token': answering(statement('Allow'))['X-Answer'] }],
    [401, {}],
    [401, { 'X-Token': '' }],
    [401, { 'X-Token': 'no object' }],
  ])('when it is of the type TOKEN, then it is %i with %j', async (status, headers) => {
    await expect(ask('/token', headers as Record<string, string>)).resolves.toMatchObject({ status });
  });

  it('when its answers are kept, then it is asked once, and its policy holds for other routes', async () => {
    const headers = answering(statement('Allow', `${OWN}/GET/kept*`), { context: {} });
    const calls = async (path: string) => (await seen(await ask(path, headers))).requestContext.authorizer.calls;
    expect(await calls('/kept')).toBe(await calls('/kept/1'));
    await expect(ask('/kept/1', headers, 'POST')).resolves.toMatchObject({ status: 403 });
    const other = answering(statement('Allow'), { context: {} });
    await expect(ask('/kept', other)).resolves.toMatchObject({ status: 200 });
    await expect(ask('/kept')).resolves.toMatchObject({ status: 401 });
  });

  it('when it is the default for preflights, too, then it decides on those', async () => {
    await expect(ask('/things', {}, 'HEAD')).resolves.toMatchObject({ status: 500 });
    const denied = await startApi(
      {
        routes: [{ method: 'GET', path: '/things', functionId: 'echo' }],
        stage: 'dev',
        corsHeaders: {},
        preflightAuthorizer: REQUEST,
        gatewayResponses: {},
      },
      pools,
      0,
    );
    const preflight = (headers: Record<string, string>) =>
      fetch(`${denied.url}/things`, { method: 'OPTIONS', headers });
    await expect(preflight({ 'X-Throw': 'Unauthorized' })).resolves.toMatchObject({ status: 401 });
    await expect(preflight(answering(statement('Allow')))).resolves.toMatchObject({ status: 200 });
    await denied.stop();
  });
});
