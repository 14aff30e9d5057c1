import { join } from 'node:path';

import { LocalCloudError } from '../local-cloud-error.ts';
import { TemplateFixture } from './template-fixture.ts';
import { readTemplate } from './template.ts';

const fixture = new TemplateFixture();

afterAll(() => {
  fixture.remove();
});

describe('readTemplate', () => {
  it('when the template is well-formed, then it reads resources and expands short forms', () => {
    const template = fixture.template(`
      Resources:
        Queue: { Type: AWS::SQS::Queue, Condition: Wanted, DependsOn: Other, DeletionPolicy: Retain }
        Other: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub '\${Name}-x', Tags: !GetAtt A.B.C } }
    `);
    expect(template.folder).toBe(fixture.folder);
    expect([...template.resources.values()]).toEqual([
      {
        logicalId: 'Queue',
        type: 'AWS::SQS::Queue',
        properties: {},
        condition: 'Wanted',
        dependsOn: ['Other'],
        attributes: ['DeletionPolicy'],
      },
      expect.objectContaining({
        properties: { QueueName: { 'Fn::Sub': '${Name}-x' }, Tags: { 'Fn::GetAtt': ['A', 'B.C'] } },
      }),
    ]);
  });

  it.each([
    ['Resources:\n  A: [', /no valid YAML: .* at line 3, column 1\.$/],
    ['Resources:\n  A: {}\n  A: {}', /no valid YAML: duplicated mapping key at line 3/],
    ['just text', /expected a SAM template with a section "Resources"/],
    ['Resources: [1]', /^Resources: expected entries with names/],
    ['Resources: { A: { Properties: {} } }', /^Resources\.A: expected a resource with a "Type"/],
    ['Resources: { A: { Type: T, Properties: [] } }', /^Resources\.A\.Properties: expected entries/],
    ['Resources: { A: { Type: T, Condition: [] } }', /^Resources\.A\.Condition: expected the name/],
  ])('when it is %j, then one line says what is wrong', (yaml, message) => {
    const read = (): unknown => fixture.template(yaml);
    expect(read).toThrow(LocalCloudError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/\n/);
  });

  it('when there is no file, then it says how to make it', () => {
    expect(() => readTemplate(join(fixture.folder, 'none.yaml'))).toThrow(
      /none\.yaml is missing: run npm run build:dev/,
    );
  });
});
