import type { Command, Options } from '../commands/command';
import { OpsError } from '../support/ops-error';

const VALUES: Readonly<Partial<Record<keyof Options, string>>> = { aggregate: ' ID' };

/** @throws OpsError where the command does not take these options, or needs others */
export function checkOptions(name: string, { required, optional, argument }: Command, options: Options): void {
  const given = Object.entries(options).flatMap(([option, value]) =>
    value === undefined ? [] : [option as keyof Options],
  );
  const odd = given.find((option) => ![...required, ...optional, argument].includes(option));

  if (odd !== undefined) {
    throw new OpsError(`${name} takes no --${odd}. See npm run ops -- --help.`);
  }
  if (required.length > 0 && given.filter((option) => required.includes(option)).length !== 1) {
    throw new OpsError(
      `${name} needs ${required.map((option) => `--${option}${VALUES[option] ?? ''}`).join(' or ')}. See npm run ops -- --help.`,
    );
  }
  if (options.aggregate === '') {
    throw new OpsError('--aggregate needs the id of an aggregate.');
  }
  checkDays(options);
}

function checkDays({ from, to }: Options): void {
  for (const [option, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDay(day)) {
      throw new OpsError(`--${option} needs a day such as 2026-11-24, got "${day}".`);
    }
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new OpsError(`--from ${from} is after --to ${to}.`);
  }
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);

  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${text}T`);
}
