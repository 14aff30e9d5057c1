import type { Finding } from '../finding.ts';
import { contextOf, folderOf, pathOf } from '../project/naming.ts';
import type { Project } from '../project/project.ts';
import type { SourceModule } from '../syntax/source-module.ts';
import { fileOf, nameOf, referenceOf, textOf, type Value } from '../syntax/value.ts';

interface Claim {
  readonly set: string;
  readonly module: SourceModule;
}

/** The sets in which values are unique belong to one aggregate each. */
export function claimFindings({ code }: Project): Finding[] {
  const claims = code.modules.flatMap((module) =>
    [...new Set(module.claims.flatMap((value) => setOf(value, module) ?? []))].map((set) => ({ set, module })),
  );

  return claims.flatMap((claim, index) =>
    claims
      .slice(0, index)
      .filter(({ set, module }) => set === claim.set && folderOf(module.path) !== folderOf(claim.module.path))
      .map((other) => (isAtHome(claim) ? shared(other, claim) : shared(claim, other))),
  );
}

/** A text, or the constant that is one. */
function setOf(value: Value, { path, constants }: SourceModule): string | undefined {
  const id = referenceOf(value);

  return textOf(value) ?? (id && fileOf(id) === path ? textOf(constants.get(nameOf(id))) : undefined);
}

/** `iam/user#email` is at home in `src/iam/user`. */
function isAtHome({ set, module }: Claim): boolean {
  return set.startsWith(`${pathOf(module.path)}#`);
}

function shared({ set, module }: Claim, other: Claim): Finding {
  return {
    rule: 'claim-of-another-aggregate',
    subject: module.classes[0]?.name ?? contextOf(module.path),
    file: module.path,
    problem: `its unique set ${set} is that of ${other.module.path} too: a value of the one is taken for the other`,
    remedy: `Give it a set of its own, as in ${pathOf(module.path)}#${set.split('#')[1] ?? 'name'}`,
  };
}
