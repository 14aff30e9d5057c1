import { join } from 'node:path';

import { TemplateLines } from '../support/template-lines';

const lines = new TemplateLines(join(__dirname, '../../template.yaml'));

/** Whoever adds one copies a neighbour: what is long grows with every copy. */
describe('template.yaml stays short', () => {
  it('takes at most 16 lines for a route, with its share of the roles', () => {
    const count = lines.ofRoute();

    if (count > 16) {
      throw new Error(
        `A route takes ${count.toFixed(1)} lines of template.yaml, 16 at most: give the function a role that others have ` +
          '(AppendRole, AppendAndClaimRole or AppendAndConsultRole for a command), and write its event in one line.',
      );
    }
  });

  it('takes at most 70 lines for an aggregate with one table, without its routes', () => {
    const count = lines.ofAggregate();

    if (count > 70) {
      throw new Error(
        `An aggregate takes ${count.toFixed(1)} lines of template.yaml, 70 at most: put its name into the lists of ` +
          'Fn::ForEach::Aggregates and Fn::ForEach::Projections, and what its handlers write to into one policy, as IamRoleProjections.',
      );
    }
  });
});
