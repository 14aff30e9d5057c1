import type { Report } from './search';

/** A report as text: how large the search was and, where something was found, the story of it. */
export function format(title: string, { found, states, transitions, depth, ends, executions }: Report): string {
  const size = `${states} states, ${transitions} transitions, depth ${depth}, ${ends} ends, ${executions} executions`;
  const story = found
    ? ['', `  a2 is version 2 of the account a. All six events are in the log.`, ...found.story, found.violation]
    : [];
  const lines = story.map((sentence, index) => (index > 1 ? `  ${index - 1}. ${sentence}` : sentence));

  return `${title}: ${size}.${lines.join('\n')}\n`;
}
