import { decodeJson } from '../../src/event-store/events/event-decoder';
import { OpsError } from '../support/ops-error';

/**
 * The events of an object's lines, read as everything else reads events, again as lines.
 *
 * @param key of the object, for the error
 * @throws OpsError for a line that is no event
 */
export function decodedLines(key: string) {
  const decode = (line: string) => {
    try {
      return `${JSON.stringify(decodeJson(line))}\n`;
    } catch (error) {
      throw new OpsError(`${key} has a line that is no event: ${(error as Error).message}`, { cause: error });
    }
  };

  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
    const text = new TextDecoder();
    let rest = '';

    for await (const chunk of chunks) {
      const lines = (rest + text.decode(chunk, { stream: true })).split('\n');

      rest = lines.pop() ?? '';
      yield lines.map(decode).join('');
    }
    if (rest !== '') {
      yield decode(rest);
    }
  };
}
