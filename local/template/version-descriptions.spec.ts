import { describeVersions } from './version-descriptions.ts';

const FUNCTION = 'AWS::Serverless::Function';

describe('describeVersions', () => {
  /** The description of a function with these properties, beside what all functions have. */
  const described = (properties: object, globals: object = {}): string => {
    const template = {
      Parameters: { logLevel: {}, size: {}, usersTable: {}, stage: {} },
      Globals: { Function: { MemorySize: { Ref: 'size' }, ...globals } },
      Resources: { Get: { Type: FUNCTION, Properties: { ...properties } } },
    };

    describeVersions(template);
    return (template.Resources.Get.Properties as unknown as { VersionDescription: { 'Fn::Sub': string } })
      .VersionDescription['Fn::Sub'];
  };
  const environment = (Variables: object) => ({ Environment: { Variables } });

  it('names the parameters that the function refers to, but for those that never change', () => {
    const variables = { level: { 'Fn::Sub': 'to-${logLevel}' }, users: { Ref: 'usersTable' }, stage: { Ref: 'stage' } };

    expect(described(environment(variables))).toMatch(/^[0-9a-f]{8} \$\{logLevel\} \$\{size\}$/);
  });

  it.each([
    ['a time-out', { Timeout: 5 }],
    ['a variable', environment({ a: '2', b: '1' })],
    ['a role', { ...environment({ a: '1', b: '1' }), Role: { 'Fn::GetAtt': ['Other', 'Arn'] } }],
  ])('changes with %s', (_, properties) => {
    expect(described(properties)).not.toBe(described(environment({ a: '1', b: '1' })));
  });

  it.each<[string, object]>([
    ['the order of properties', environment({ b: '1', a: '1' })],
    ['tags', { ...environment({ a: '1', b: '1' }), Tags: { a: 'b' } }],
    ['reserved concurrency', { ...environment({ a: '1', b: '1' }), ReservedConcurrentExecutions: 5 }],
    [
      'what invokes it',
      { ...environment({ a: '1', b: '1' }), Events: { Api: { Type: 'Api', Path: { Ref: 'logLevel' } } } },
    ],
  ])('does not change with %s, of which a version knows nothing', (_, properties) => {
    expect(described(properties)).toBe(described(environment({ a: '1', b: '1' })));
  });

  it('changes with what all functions have', () => {
    expect(described({}, { Timeout: 29 })).not.toBe(described({}, { Timeout: 30 }));
  });

  it('given a property that it does not know, then says where to sort it in', () => {
    expect(() => described({ SnapStart: {} })).toThrow(
      'Get: does a version of the function keep SnapStart? Say so in local/template/version-descriptions.ts.',
    );
  });
});
