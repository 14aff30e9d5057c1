import type { Adversities } from './adversities';
import { DENIED } from './denied-queue';
import type { Quarantine, Quarantined } from './quarantine';
import { CONTENT_CODES } from './refused-content';

/**
 * What is in quarantine without a cause, what is not and should be, and what a redrive did not bring back.
 *
 * @param lost ids of aggregates of which all records may be gone
 */
export function quarantineViolations(
  { taken, left }: Quarantine,
  adversities: Adversities,
  lost: ReadonlySet<string>,
): string[] {
  const { strangers } = adversities;
  const ids = new Set(taken.map(({ reference }) => reference.id));

  return [
    ...taken.filter((letter) => !isReason(letter, adversities)).map((letter) => `${nameOf(letter)}, without a cause`),
    ...left
      .filter(({ reference }) => !strangers.kindOf(reference.id))
      .map((letter) => `${nameOf(letter)}, even after its redrive`),
    ...strangers.ids.filter((id) => !ids.has(id) && !lost.has(id)).map((id) => `${id} is no use and not in quarantine`),
  ];
}

/** Whether what it says is what was wrong with that event. */
function isReason({ reference, code = '' }: Quarantined, { content, strangers, denied }: Adversities): boolean {
  if (CONTENT_CODES.has(code)) {
    return content.has(reference);
  }
  switch (strangers.kindOf(reference.id)) {
    case 'no event':
      return code === 'NoEvent';
    case 'no queue':
      return code === 'Error';
    default:
      return code === DENIED && denied.isLasting;
  }
}

function nameOf({ reference: { id, $version }, code }: Quarantined): string {
  return `${id} ${$version} is in quarantine for ${code}`;
}
