import { checkReferences, references } from './references.ts';
import { TemplateFixture } from './template-fixture.ts';

const fixture = new TemplateFixture();

afterAll(() => {
  fixture.remove();
});

describe('references', () => {
  it('when names stand in intrinsic functions, then each is found with its place', () => {
    const value = {
      a: [{ Ref: 'One' }],
      b: {
        'Fn::If': ['Condition', { 'Fn::GetAtt': ['Two', 'Arn'] }, { 'Fn::Sub': '${Three.Arn} ${!No} ${AWS::Region}' }],
      },
      c: { 'Fn::Sub': ['${Own} ${Four}', { Own: { Ref: 'Five' } }] },
    };
    expect([...references(value, 'P')]).toEqual([
      { name: 'One', place: 'P.a[0]' },
      { name: 'Two', place: 'P.b[1]' },
      { name: 'Three', place: 'P.b[2]' },
      { name: 'AWS::Region', place: 'P.b[2]' },
      { name: 'Five', place: 'P.c.Own' },
      { name: 'Four', place: 'P.c' },
    ]);
  });
});

describe('checkReferences', () => {
  const check = (properties: string, more = ''): void => {
    checkReferences(
      fixture.template(`
        Parameters: { Name: { Type: String } }
        Resources:
          Function: { Type: AWS::Serverless::Function, Properties: ${properties} ${more} }
          Queue: { Type: AWS::SQS::Queue }
      `),
    );
  };

  it('when every name is a parameter, a resource or one that SAM makes, then all is well', () => {
    check('{ a: [!Ref Name, !Ref Queue, !GetAtt FunctionRole.Arn, !Ref ServerlessRestApi, !Sub "${AWS::Region}"] }');
  });

  it.each([
    ['{ a: { b: [!Ref Nobody] } }', '', 'Resources.Function.Properties.a.b[0]: Nobody is neither'],
    ['{ a: !Sub "${Queue2.Arn}" }', '', 'Resources.Function.Properties.a: Queue2 is neither'],
    ['{ a: !Ref FunctionX }', '', 'Resources.Function.Properties.a: FunctionX is neither'],
    ['{}', ', DependsOn: [Nobody]', 'Resources.Function.DependsOn: Nobody is neither'],
  ])('when it has %s%s, then it names the place', (properties, more, message) => {
    expect(() => {
      check(properties, more);
    }).toThrow(message);
  });
});
