import fc from 'fast-check';

import { aggregateTypeOf, applyOf, queueOf, whenOf } from '../../check/project/naming.ts';
import { queueNameOf } from '../../src/app/naming/queue-name';
import * as events from '../../src/event-store/events/event-name';

/** A name as an event has it: `org/iam/user/roleAdded`. */
const names = fc
  .array(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/), { minLength: 4, maxLength: 5 })
  .map((parts) => parts.join('/'));

// The check loads nothing of src, so it has these conventions of its own.
describe('The names that the check expects are those that the code makes', () => {
  it('of aggregate types', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(aggregateTypeOf(name)).toBe(events.aggregateTypeOf(name));
      }),
    );
  });

  it('of the methods of aggregates and projections', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(whenOf(name)).toBe(`when${events.pascalCase(name, -1)}`);
        expect(applyOf(name)).toBe(`apply${events.pascalCase(name, -2)}`);
      }),
    );
  });

  it('of queues', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(queueOf(name)).toBe(queueNameOf(name));
      }),
    );
  });
});
