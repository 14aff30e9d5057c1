import type { ClassSyntax } from '../syntax/class-syntax.ts';
import { referenceOf } from '../syntax/value.ts';
import { decorated } from './code.ts';
import type { EventType } from './domain.ts';
import { aggregateTypeOf } from './naming.ts';
import type { Project } from './project.ts';

/** What a handler makes its rows of. */
export interface Followed {
  readonly handler: ClassSyntax;
  /** The class of its rows, where there is one for each aggregate; absent for a multi-stream projection. */
  readonly projection: ClassSyntax | undefined;
  readonly handled: readonly EventType[];
  readonly ignored: readonly EventType[];
  /** All events of the aggregates that it follows. */
  readonly own: readonly EventType[];
}

export function followedBy(project: Project, handler: ClassSyntax): Followed {
  const handled = project.eventsBy(decorated(handler, 'HandlesEvent'));
  const ignored = project.eventsBy(decorated(handler, 'IgnoresEvent'));
  const projection = project.code.classes.get(referenceOf(handler.superValues[2]) ?? '');
  const types = handled.map(({ name }) => aggregateTypeOf(name));
  const followed = new Set(projection ? mostFrequent(types) : types);

  return { handler, projection, handled, ignored, own: [...followed].flatMap((type) => project.eventsOf(type)) };
}

function mostFrequent(values: readonly string[]): string[] {
  const count = (value: string): number => values.filter((other) => other === value).length;

  return values.toSorted((one, another) => count(another) - count(one)).slice(0, 1);
}
