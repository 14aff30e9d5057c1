import { TemplateFixture } from './template-fixture.ts';

const fixture = new TemplateFixture();

afterAll(() => {
  fixture.remove();
});

function conditions(yaml: string): Record<string, boolean> {
  const { scope } = fixture.scope(`
    Parameters: { Stage: { Type: String, Default: prod }, Count: { Type: Number, Default: 2 } }
    Conditions: ${yaml}
    Resources: {}
  `);
  return Object.fromEntries(scope.conditions);
}

describe('evaluateConditions', () => {
  it('when conditions refer to each other, then their order does not matter', () => {
    const yaml = `{
      Both: !And [Condition: Prod, Condition: Two], Either: !Or [Condition: Dev, Condition: Two],
      Dev: !Equals [!Ref Stage, dev], Prod: !Not [Condition: Dev], Two: !Equals [!Ref Count, 2] }`;
    expect(conditions(yaml)).toEqual({ Dev: false, Prod: true, Two: true, Both: true, Either: true });
  });

  it.each([
    ['{ A: !Not [Condition: B], B: !Not [Condition: A] }', 'Conditions.A: it depends on itself.'],
    ['{ A: !Not [Condition: B] }', 'Conditions.A: B is no condition of the template.'],
    ['{ A: !Ref Stage }', 'Conditions.A: expected Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition.'],
    ['{ A: !Equals [!Ref Nobody, x] }', 'Conditions.A: Nobody is neither a parameter nor a resource of the template.'],
  ])('when they are %s, then it says what is wrong', (yaml, message) => {
    expect(() => conditions(yaml)).toThrow(message);
  });
});
