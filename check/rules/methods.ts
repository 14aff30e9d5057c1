import { nearest } from '../../local/template/nearest.ts';
import type { Finding } from '../finding.ts';
import type { EventType } from '../project/domain.ts';
import type { Project } from '../project/project.ts';
import type { ClassSyntax } from '../syntax/class-syntax.ts';

interface EventMethod {
  readonly method: string;
  readonly event: EventType;
}

interface Methods {
  readonly prefix: 'when' | 'apply';
  /** Those that an event may call. */
  readonly expected: readonly EventMethod[];
  /** Of these, those that an event will call. */
  readonly needed: readonly EventMethod[];
}

/** The methods that a class has against those that its events call. */
export function methodsAgainst(project: Project, of: ClassSyntax, { prefix, expected, needed }: Methods): Finding[] {
  const rule = `${prefix}-method`;
  const { name: subject, file } = of;
  const methods = project.code.methodsOf(of);
  const names = expected.map(({ method }) => method);
  const unknown = of.methods.filter((method) => isOne(method, prefix) && !names.includes(method));
  const missing = needed
    .filter(({ method }) => !methods.includes(method))
    .map(({ method, event }) => ({ method, event, meant: nearest(method, unknown) }));
  const misspelt = missing.map(({ meant }) => meant);

  return [
    ...missing.map(({ method, event: { of: event, name }, meant }) => ({
      rule,
      subject,
      file,
      problem: `it has no method ${method} for ${event.name} (${name})`,
      remedy: meant ? `Rename ${meant} to ${method}` : `Add ${method}(event: ${event.name})`,
    })),
    ...unknown
      .filter((method) => !misspelt.includes(method))
      .map((method) => ({
        rule,
        subject,
        file,
        problem: `its method ${method} is called by no event`,
        remedy: `Name it ${prefix}… after an event, or remove it`,
      })),
  ];
}

function isOne(method: string, prefix: string): boolean {
  return method.startsWith(prefix) && /^[A-Z]/.test(method.slice(prefix.length));
}
