import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { readableLine } from './log-line.ts';
import { passOnLog } from './pass-on-log.ts';

const POWERTOOLS = { timestamp: '2026-11-25T09:31:34.044Z', service: 's', sampling_rate: 0 };
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(new Date(POWERTOOLS.timestamp));

const line = (fields: object): string => readableLine(JSON.stringify({ ...POWERTOOLS, ...fields }), 'Function');

describe('readableLine', () => {
  it('given a JSON line, then shows time, level, function, message and the fields of the function', () => {
    const fields = { route: 'GET /users', status: 200, lag: null, list: [1], id: 'a-b' };
    expect(line({ level: 'INFO', message: 'Request answered.', ...fields })).toBe(
      `${CLOCK}.044 INFO  Function Request answered. route="GET /users" status=200 list=[1] id=a-b`,
    );
  });

  it('given a message of a queue, then shows which delivery it was only where that failed', () => {
    const fields = { message: 'Message.', messageId: 'm', receiveCount: '2' };
    expect(line({ level: 'INFO', ...fields })).toBe(`${CLOCK}.044 INFO  Function Message.`);
    expect(line({ level: 'WARN', ...fields })).toBe(`${CLOCK}.044 WARN  Function Message. messageId=m receiveCount=2`);
  });

  it('given an error, then shows its stack in lines, without what called the handler', () => {
    const stack = [
      'TypeError: no',
      '    at parse (webpack://project/src/parse.ts:9:1)',
      '    at f (webpack://project/./src/f.ts:1:1)',
      '    at runHandler (file:///project/local/lambda/runtime.ts:39:24)',
      '    at MessagePort.<anonymous> (node:internal/per_context/messageport:23:28)',
    ].join('\n');
    expect(line({ level: 'ERROR', message: 'Failed.', error: { name: 'TypeError', message: 'no', stack } })).toBe(
      [
        `${CLOCK}.044 ERROR Function Failed.`,
        '    TypeError: no',
        '        at parse (src/parse.ts:9:1)',
        '        at f (src/f.ts:1:1)',
      ].join('\n'),
    );
  });

  it.each(['text', '', '{', '{"a":1}', '[1]', 'null'])('given %j, then leaves it as it is', (other) => {
    expect(readableLine(other, 'Function')).toBe(other);
  });
});

describe('passOnLog', () => {
  it('given lines in pieces, then each is written once it is whole, the last without its end', async () => {
    const [log, terminal] = [new PassThrough(), new PassThrough()];
    passOnLog(log, terminal, 'Function');
    for (const piece of ['one\nt', 'wo\n{"level":"INFO",', '"message":"Three."}']) log.write(piece);
    log.end(() => setImmediate(() => terminal.end()));
    await expect(text(terminal)).resolves.toBe('one\ntwo\nINFO  Function Three.\n');
  });
});
