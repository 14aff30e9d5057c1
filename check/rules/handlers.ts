import type { Finding } from '../finding.ts';
import { moduleFile } from '../project/domain.ts';
import type { Project } from '../project/project.ts';
import { decoratorOf, type ClassSyntax } from '../syntax/class-syntax.ts';
import { textOf } from '../syntax/value.ts';

/** Handlers are listed in a module, say what they handle, and have names of their own. */
export function handlerFindings(project: Project): Finding[] {
  const { commandHandlers, eventHandlers } = project;

  return [
    ...unregistered(project),
    ...commandHandlers.flatMap((handler) => decoratorMissing(handler, 'HandlesMessage', 'a command')),
    ...eventHandlers.flatMap((handler) => decoratorMissing(handler, 'HandlesEvent', 'events')),
    ...sameCheckpoint(project),
  ];
}

function unregistered(project: Project): Finding[] {
  const commandHandlers = new Set(project.contexts.flatMap((context) => context.commandHandlers));
  const eventHandlers = unregisteredEventHandlers(project);

  return [
    ...project.commandHandlers
      .filter(({ id }) => !commandHandlers.has(id))
      .map((handler) => ({
        rule: 'command-handler-not-registered',
        subject: handler.name,
        file: handler.file,
        problem: 'no module lists it, so that its command is refused',
        remedy: `Add ${handler.name} to commandHandlers in ${moduleFile(handler.file)}`,
      })),
    ...eventHandlers.map((handler) => ({
      rule: 'event-handler-not-registered',
      subject: handler.name,
      file: handler.file,
      problem: 'no module lists it, so that its projection stays as it is',
      remedy: `Add it as handler of its projection to projections or multiStreamProjections in ${moduleFile(handler.file)}`,
    })),
  ];
}

/** Event handlers that no module lists. */
export function unregisteredEventHandlers(project: Project): ClassSyntax[] {
  const listed = new Set(project.projectionEntries.map(({ entry }) => entry.handler));

  return project.eventHandlers.filter(({ id }) => !listed.has(id));
}

function decoratorMissing({ name, file, decorators }: ClassSyntax, decorator: string, what: string): Finding[] {
  if (decoratorOf(decorators, decorator)) return [];

  return [
    {
      rule: 'handler-without-decorator',
      subject: name,
      file,
      problem: `it has no @${decorator}, so that nobody knows what it handles`,
      remedy: `Add @${decorator}(…) with ${what} above the class`,
    },
  ];
}

function sameCheckpoint({ eventHandlers }: Project): Finding[] {
  const named = eventHandlers.flatMap((handler) => {
    const name = textOf(handler.superValues[2]);

    return name === undefined ? [] : [{ handler, name }];
  });

  return named.flatMap(({ handler, name }, index) =>
    named
      .slice(0, index)
      .filter((other) => other.name === name)
      .map((other) => ({
        rule: 'checkpoint-name-twice',
        subject: handler.name,
        file: handler.file,
        problem: `its checkpoint's name '${name}' is that of ${other.handler.name} (${other.handler.file}) too`,
        remedy: 'Give the newer of the two a name of its own: with one checkpoint each skips what the other has done',
      })),
  );
}
