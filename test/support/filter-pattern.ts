const CONDITION = /^\$\.(\w+) (=|!=) "([^"*]*\*?)"$/;

/**
 * Whether a metric filter of CloudWatch Logs counts a line. Of the patterns for lines of JSON it knows comparisons with texts, where
 * `*` at the end stands for anything, and `&&`; any other is an error.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function matchesFilter(pattern: string, line: string): boolean {
  const [, conditions = ''] = /^\{ (.*) \}$/.exec(pattern) ?? [];
  const json = JSON.parse(line) as Record<string, unknown>;

  return conditions.split(' && ').every((condition) => {
    const [, property, operator, text] = CONDITION.exec(condition) ?? [];

    if (property === undefined || text === undefined) {
      throw new Error(`Expected a comparison such as $.status = "5*", and got ${condition} in the pattern ${pattern}.`);
    }
    return isLike(json[property], text) === (operator === '=');
  });
}

function isLike(value: unknown, text: string): boolean {
  return typeof value === 'string' && (text.endsWith('*') ? value.startsWith(text.slice(0, -1)) : value === text);
}
