import { resolve } from './intrinsics.ts';
import { TemplateFixture } from './template-fixture.ts';

const fixture = new TemplateFixture();
const { scope } = fixture.scope(`
  Parameters:
    Name: { Type: String, Default: things }
    Names: { Type: CommaDelimitedList, Default: 'a, b' }
    Flag: { Type: String, Default: 'yes' }
  Conditions:
    Yes: !Equals [!Ref Flag, 'yes']
    No: !Not [!Condition 'Yes']
  Mappings:
    Sizes: { eu-west-1: { small: 1, list: [x, y] } }
  Resources:
    Table: { Type: AWS::DynamoDB::Table }
    Topic: { Type: AWS::SNS::Topic }
    Function: { Type: AWS::Serverless::Function }
    Absent: { Type: AWS::SQS::Queue, Condition: 'No' }
`);
scope.define('Table', { Ref: 'table-name', Arn: 'arn:table' });

afterAll(() => {
  fixture.remove();
});

describe('resolve', () => {
  it.each([
    [{ Ref: 'Name' }, 'things'],
    [{ Ref: 'Names' }, ['a', 'b']],
    [{ Ref: 'Table' }, 'table-name'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    [{ 'Fn::GetAtt': 'Table.Arn' }, 'arn:table'],
    [
      { 'Fn::Sub': '${Name}/${Table}/${Table.Arn}/${!Name}/${AWS::Region}' },
      'things/table-name/arn:table/${Name}/eu-west-1',
    ],
    [{ 'Fn::Sub': ['${Name}-${Own}', { Own: { Ref: 'Table' } }] }, 'things-table-name'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 1]] }, 'a-things-1'],
    [{ 'Fn::Join': ['-', { Ref: 'Names' }] }, 'a-b'],
    [{ 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] }, ['arn', 'table']],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    [{ 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    [{ 'Fn::If': ['No', { 'Fn::ImportValue': 'x' }, { Ref: 'Name' }] }, 'things'],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, 1],
    [{ 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'list'] }, ['x', 'y']],
    [{ 'Fn::Base64': { Ref: 'Name' } }, 'dGhpbmdz'],
    [{ a: [{ Ref: 'AWS::NoValue' }, 1], b: { Ref: 'AWS::NoValue' } }, { a: [1] }],
    [
      { Ref: 'a', other: 'property' },
      { Ref: 'a', other: 'property' },
    ],
  ])('when it is %j, then it is %j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('when a resource does not exist in an engine, then its attributes are made up', () => {
    expect(resolve([{ Ref: 'Topic' }, { 'Fn::GetAtt': ['Topic', 'TopicName'] }], scope)).toEqual([
      'Topic',
      'Topic.TopicName',
    ]);
    expect(resolve({ 'Fn::GetAtt': 'Topic.Arn' }, scope)).toBe('arn:aws:sns:eu-west-1:000000000000:Topic');
    expect(resolve({ 'Fn::GetAtt': 'FunctionRole.Arn' }, scope)).toBe(
      'arn:aws:iam:eu-west-1:000000000000:FunctionRole',
    );
  });

  it.each([
    [{ Ref: 'Nobody' }, 'Nobody is neither a parameter nor a resource of the template'],
    [{ Ref: 'Absent' }, 'Absent does not exist, as its condition No does not hold'],
    [{ Ref: ['a'] }, 'Ref: expected a text, got ["a"]'],
    [{ 'Fn::GetAtt': 'Table' }, 'Fn::GetAtt: expected LogicalId.Attribute'],
    [{ 'Fn::GetAtt': null }, 'Fn::GetAtt: expected LogicalId.Attribute'],
    [{ 'Fn::GetAtt': 'Table.StreamArn' }, 'Table has no StreamArn: expected one of Ref, Arn'],
    [{ 'Fn::Sub': '${Names}' }, 'Fn::Sub: expected a text, got ["a","b"]'],
    [{ 'Fn::Join': '-' }, 'Fn::Join: expected a list of 2'],
    [{ 'Fn::Select': [2, ['a']] }, 'Fn::Select: the list has no item 2'],
    [{ 'Fn::If': ['Maybe', 1, 2] }, 'Fn::If: Maybe is no condition of the template'],
    [{ 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'large'] }, 'Mappings has no Sizes.eu-west-1.large'],
    [
      { 'Fn::ImportValue': 'x' },
      'Fn::ImportValue cannot be resolved on a laptop: use a parameter with a value in .env instead',
    ],
  ])('when it is %j, then it says what is wrong', (value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });
});
