import type { Finding } from '../finding.ts';
import type { Project } from '../project/project.ts';
import { fileOf, nameOf, type Id } from '../syntax/value.ts';

/** Each constant has a symbol of its own: what is bound to one is injected for both. */
export function symbolFindings({ code }: Project): Finding[] {
  const all = [...code.symbols];

  return all.flatMap(([id, text], index) =>
    all
      .slice(0, index)
      .filter(([, other]) => other === text)
      .map(([other]) => (nameOf(id) === text ? twice(other, id, text) : twice(id, other, text))),
  );
}

/** The first is told, which is not called as its symbol is; or both are. */
function twice(id: Id, other: Id, text: string): Finding {
  const name = nameOf(id);

  return {
    rule: 'symbol-twice',
    subject: name,
    file: fileOf(id),
    problem: `its Symbol.for('${text}') is that of ${nameOf(other)} (${fileOf(other)}) too`,
    remedy:
      name === text
        ? `Give one of the two constants another name, and its symbol the same`
        : `Write ${name} = Symbol.for('${name}') in ${fileOf(id)}, and leave ${fileOf(other)} as it is`,
  };
}
