type Replace = (text: string) => string;
type Entries = [key: string, value: unknown][];

/** js-yaml reads it as an entry like any other in the schema of CloudFormation's tags. */
const MERGE = '<<';
const LOOP = /^Fn::ForEach::[A-Za-z0-9]+$/;

/**
 * The value without shorthand: each loop `Fn::ForEach` written out, as the transform `AWS::LanguageExtensions` does it, and each merge
 * key `<<` replaced by the entries that it brings. A loop's list has to stand in the template itself. Throws an error that names the
 * loop whose form is another, or that makes a name twice.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 * @see https://yaml.org/type/merge.html
 */
export function writtenOut<T>(value: T): T {
  return expand(value, (text) => text) as T;
}

function expand(value: unknown, replace: Replace): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => expand(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const { [MERGE]: merged = [], ...own } = value as Readonly<Record<string, unknown>>;
  const entries = Object.entries(own).flatMap(([key, item]): Entries =>
    LOOP.test(key) ? rounds(key, item, replace) : [[replace(key), expand(item, replace)]],
  );
  const [twice] = entries.filter(([key], index) => entries.findIndex(([other]) => other === key) !== index);
  if (twice) throw new Error(`${twice[0]}: expected the loops to make it once.`);
  return withoutSub([...broughtBy(merged, replace), ...entries]);
}

/** The first of several merged mappings wins, and an entry that stands beside the merge key wins over all: later entries win here. */
function broughtBy(merged: unknown, replace: Replace): Entries {
  return [merged]
    .flat()
    .toReversed()
    .flatMap((mapping) => Object.entries(expand(mapping, replace) as object));
}

/** What a loop makes, in place of itself. */
function rounds(loop: string, value: unknown, replace: Replace): Entries {
  const [name, items, body, ...others] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof name !== 'string' || !Array.isArray(items) || typeof body !== 'object' || others.length > 0) {
    throw new Error(`${loop}: expected a name, a list of texts, and what to make of each.`);
  }
  return items.flatMap((item) =>
    Object.entries(expand(body, (text) => replace(text).replaceAll(`\${${name}}`, String(item))) as object),
  );
}

/** `Fn::Sub` of a text that has no variable any more is the text: references take no function for a name. */
function withoutSub(entries: Entries): unknown {
  const [[key, text] = []] = entries;
  if (entries.length === 1 && key === 'Fn::Sub' && typeof text === 'string' && !text.includes('${')) return text;
  return Object.fromEntries(entries);
}
