import { checkRules } from './rules.ts';
import { TemplateFixture } from './template-fixture.ts';

const fixture = new TemplateFixture();

afterAll(() => {
  fixture.remove();
});

function check(rules: string): void {
  const { template, scope } = fixture.scope(`
    Parameters: { stage: { Type: String, Default: prod }, door: { Type: String, Default: open } }
    Rules: ${rules}
    Resources: {}
  `);
  checkRules(template, scope);
}

const CLOSED = 'Assertions: [{ Assert: !Equals [!Ref door, closed], AssertDescription: Close the door. }]';

describe('checkRules', () => {
  it.each([
    '{}',
    '{ R: { Assertions: [{ Assert: !Equals [!Ref door, open] }] } }',
    `{ R: { RuleCondition: !Equals [!Ref stage, dev], ${CLOSED} } }`,
  ])('when the parameters fulfil %s, then all is well', (rules) => {
    expect(() => {
      check(rules);
    }).not.toThrow();
  });

  it.each([
    [`{ R: { ${CLOSED} } }`, 'Rule R of the template: Close the door.'],
    [
      `{ R: { RuleCondition: !Not [!Equals [!Ref stage, dev]], ${CLOSED} } }`,
      'Rule R of the template: Close the door.',
    ],
    ['{ R: { Assertions: [{ Assert: !Equals [a, b] }] } }', 'Rule R of the template: the parameters break it.'],
    ['{ R: {} }', 'Rules.R: expected Assertions.'],
    ['{ R: { Assertions: [1] } }', 'Rules.R: expected an Assert.'],
    ['{ R: { Assertions: [{ Assert: { Fn::EachMemberIn: [[a], [a]] } }] } }', 'got Fn::EachMemberIn.'],
    [
      '{ R: { Assertions: [{ Assert: { Condition: C } }] } }',
      'Rules.R: a rule knows parameters and not the condition C.',
    ],
  ])('when they break or cannot have %s, then it says so', (rules, message) => {
    expect(() => {
      check(rules);
    }).toThrow(message);
  });
});
