import { withGlobals } from './globals.ts';
import { TemplateFixture } from './template-fixture.ts';

const fixture = new TemplateFixture();

afterAll(() => {
  fixture.remove();
});

describe('withGlobals', () => {
  const template = fixture.template(`
    Globals:
      Function:
        Timeout: 5
        Role: !Ref A
        Layers: [one]
        Environment: { Variables: { a: global, b: !Ref B } }
    Resources:
      Function:
        Type: AWS::Serverless::Function
        Properties: { Timeout: 9, Role: !GetAtt C.Arn, Layers: [two], Environment: { Variables: { a: own, c: 3 } } }
      Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 1 } }
  `);

  it('when a function has the same properties, then maps are merged, lists joined, and other values replaced', () => {
    expect(withGlobals(template.resources.get('Function')!, template)).toEqual({
      Timeout: 9,
      Role: { 'Fn::GetAtt': ['C', 'Arn'] },
      Layers: ['one', 'two'],
      Environment: { Variables: { a: 'own', b: { Ref: 'B' }, c: 3 } },
    });
  });

  it('when it is a resource without globals, then its properties are its own', () => {
    expect(withGlobals(template.resources.get('Queue')!, template)).toEqual({ DelaySeconds: 1 });
  });
});
