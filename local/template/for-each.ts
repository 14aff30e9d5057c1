type Replace = (text: string) => string;
type Entries = [key: string, value: unknown][];

const LOOP = /^Fn::ForEach::[A-Za-z0-9]+$/;

/**
 * The value without CloudFormation's loops: each `Fn::ForEach` written out, as the transform `AWS::LanguageExtensions` does it. Its list
 * has to stand in the template itself. Throws an error that names the loop whose form is another, or that makes a name twice.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function withoutLoops<T>(value: T): T {
  return expand(value, (text) => text) as T;
}

function expand(value: unknown, replace: Replace): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => expand(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, item]): Entries =>
    LOOP.test(key) ? rounds(key, item, replace) : [[replace(key), expand(item, replace)]],
  );
  const [twice] = entries.filter(([key], index) => entries.findIndex(([other]) => other === key) !== index);
  if (twice) throw new Error(`${twice[0]}: expected the loops to make it once.`);
  return withoutSub(entries);
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
