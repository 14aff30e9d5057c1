import { decodeMessage } from '../../src/event-store/events/event-decoder';
import type { Event } from '../../src/event-store/events/event';
import type { EventReference } from '../../src/event-store/events/event-reference';
import { OpsError } from '../support/ops-error';

/** Finds an event where the archive has no more than the reference to one. */
export type ReadReferenced = (reference: EventReference) => Promise<Event>;

/**
 * The events of an object's lines, read as everything else reads events, again as lines.
 *
 * @param key of the object, for the error
 * @throws OpsError for a line that is no event, or whose event the log does not have
 */
export function decodedLines(key: string, readReferenced: ReadReferenced) {
  const decode = async (line: string) => {
    try {
      const { reference, event } = decodeMessage(line);

      return `${JSON.stringify(event ?? (await readReferenced(reference)))}\n`;
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
      yield (await Promise.all(lines.map(decode))).join('');
    }
    if (rest !== '') {
      yield await decode(rest);
    }
  };
}
