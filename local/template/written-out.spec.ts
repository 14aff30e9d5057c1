import { yamlParse } from 'yaml-cfn';

import { writtenOut } from './written-out.ts';

const expanded = (yaml: string): unknown => writtenOut(yamlParse(yaml));

describe('writtenOut', () => {
  it('given merge keys, then brings their entries, and what stands beside them wins', () => {
    expect(
      expanded(`
First: { <<: &common { A: 1, B: !Ref Other }, C: 2 }
Second: { <<: *common, A: 3 }
Third: { <<: [{ A: 4 }, *common], D: 5 }
Fn::ForEach::Loop: [Name, [X], { '\${Name}': { <<: *common } }]`),
    ).toEqual({
      First: { A: 1, B: { Ref: 'Other' }, C: 2 },
      Second: { A: 3, B: { Ref: 'Other' } },
      Third: { A: 4, B: { Ref: 'Other' }, D: 5 },
      X: { A: 1, B: { Ref: 'Other' } },
    });
  });

  it('given no loop, then changes nothing but a Fn::Sub without variables', () => {
    const value = { Name: { 'Fn::Sub': '${AWS::StackName}-log' }, Plain: { 'Fn::Sub': 'text' }, List: [1, null, true] };

    expect(writtenOut(value)).toEqual({ ...value, Plain: 'text' });
  });

  it('given a loop, then makes each name, with references to the names that it makes', () => {
    expect(
      expanded(`
Before: 1
Fn::ForEach::Queues:
  - Name
  - [User, Role]
  - \${Name}Queue: { Arn: { Fn::GetAtt: [!Sub '\${Name}DeadLetters', Arn] }, Text: !Sub '\${Name} in \${AWS::Region}' }
    \${Name}DeadLetters: { Ref: !Sub '\${Name}Topic' }
After: 2`),
    ).toEqual({
      Before: 1,
      UserQueue: { Arn: { 'Fn::GetAtt': ['UserDeadLetters', 'Arn'] }, Text: { 'Fn::Sub': 'User in ${AWS::Region}' } },
      UserDeadLetters: { Ref: 'UserTopic' },
      RoleQueue: { Arn: { 'Fn::GetAtt': ['RoleDeadLetters', 'Arn'] }, Text: { 'Fn::Sub': 'Role in ${AWS::Region}' } },
      RoleDeadLetters: { Ref: 'RoleTopic' },
      After: 2,
    });
  });

  it('given a loop in a loop, then makes each name with each', () => {
    const inner = ['B', ['1', '2'], { '${A}${B}': '${B}${A}' }];

    expect(writtenOut({ 'Fn::ForEach::Outer': ['A', ['x', 'y'], { 'Fn::ForEach::Inner': inner }] })).toEqual({
      x1: '1x',
      x2: '2x',
      y1: '1y',
      y2: '2y',
    });
  });

  it.each([
    ['no list', ['Name', { Ref: 'names' }, { '${Name}': 1 }]],
    ['no name', [1, ['a'], { '${Name}': 1 }]],
    ['too much', ['Name', ['a'], { '${Name}': 1 }, 2]],
    ['no loop', 'text'],
  ])('given %s, then names the loop', (_, loop) => {
    expect(() => writtenOut({ 'Fn::ForEach::Things': loop })).toThrow('Fn::ForEach::Things: expected a name, a list');
  });

  it('given a name that is there, then names it', () => {
    expect(() => writtenOut({ a1: 0, 'Fn::ForEach::Things': ['Name', ['1'], { 'a${Name}': 1 }] })).toThrow(
      'a1: expected the loops to make it once.',
    );
  });
});
