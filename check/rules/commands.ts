import type { Finding } from '../finding.ts';
import { decorated as decoratedBy } from '../project/code.ts';
import type { Project } from '../project/project.ts';
import type { ClassSyntax } from '../syntax/class-syntax.ts';
import { textOf } from '../syntax/value.ts';

/** Each command has one handler, and a name of its own. */
export function commandFindings(project: Project): Finding[] {
  const commands = project.contextClasses.filter((type) => !type.isAbstract && project.code.descends(type, 'Command'));

  return [
    ...commands.flatMap((command) => handlersOf(project, command)),
    ...commands.flatMap((command, index) => sameName(command, commands.slice(0, index))),
  ];
}

function handlersOf(project: Project, { id, name, file }: ClassSyntax): Finding[] {
  const all = project.commandHandlers.map((handler) => ({
    handler,
    commands: decoratedBy(handler, 'HandlesMessage'),
  }));
  const [first, ...others] = all.filter(({ commands }) => commands.includes(id)).map(({ handler }) => handler);
  // A handler without a command, or with another's, may be this command's.
  const decorated = all.flatMap(({ commands }) => commands);
  const unsure = all.some(({ commands }) => commands.length === 0) || new Set(decorated).size < decorated.length;
  if (!first && unsure) return [];
  if (!first) {
    const remedy = `Write a handler with @HandlesMessage(${name}), or mend the decorator of the one that is meant`;

    return [{ rule: 'command-without-handler', subject: name, file, problem: 'no handler handles it', remedy }];
  }
  return others.map((other) => ({
    rule: 'command-handled-twice',
    subject: other.name,
    file: other.file,
    problem: `its command ${name} is that of ${first.name} (${first.file}) too`,
    remedy: 'Write in each @HandlesMessage the command that it handles: no command has two handlers',
  }));
}

function nameOfCommand({ properties }: ClassSyntax): string | undefined {
  return textOf(properties.find(({ name }) => name === '$name')?.value);
}

function sameName(command: ClassSyntax, others: readonly ClassSyntax[]): Finding[] {
  const name = nameOfCommand(command);

  return others
    .filter((other) => name !== undefined && nameOfCommand(other) === name)
    .map((other) => ({
      rule: 'command-name-twice',
      subject: command.name,
      file: command.file,
      problem: `its $name ${name ?? ''} is that of ${other.name} (${other.file}) too`,
      remedy: 'Give one of the two a $name of its own: logs and causation ids tell commands by it',
    }));
}
