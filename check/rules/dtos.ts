import type { Finding } from '../finding.ts';
import type { Project } from '../project/project.ts';
import { fileOf, type Call } from '../syntax/value.ts';

const VALIDATOR = 'class-validator';

/** Each property of a DTO, and of what DTOs extend, says what may be in it. */
export function dtoFindings(project: Project): Finding[] {
  return [...project.code.classes.values()]
    .filter(({ file }) => /^src\/.+\/(?:dtos\/[^/]+|[^/]+\.validator\.ts)$/.test(file))
    .flatMap(({ name, file, properties }) =>
      properties
        .filter(({ decorators }) => !decorators.some((decorator) => validates(project, decorator)))
        .map((property) => ({
          rule: 'property-without-validator',
          subject: name,
          file,
          problem: `its property ${property.name} has no decorator of ${VALIDATOR}, so that anything may be in it`,
          remedy: `Add a rule such as @IsUUID() or @Length(1, 50) to ${property.name}`,
        })),
    );
}

/** A decorator of the package, or one of ours that is made of them. */
function validates(project: Project, { callee }: Call): boolean {
  const file = fileOf(callee);

  return file === VALIDATOR || project.code.moduleOf(file)?.packages.has(VALIDATOR) === true;
}
