import * as fc from 'fast-check';

import { decodeMessage } from '../events/event-decoder';
import { inAscii, readMessage, referenceBody } from './event-message';
import { sqsId } from './sqs-id';

describe('inAscii', () => {
  it('given any JSON, then says the same in what every queue takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json({ stringUnit: 'binary' }), (text, json) => {
        for (const value of [JSON.stringify(text), json]) {
          expect(inAscii(value)).toMatch(/^[\x20-\x7f\t\n\r]*$/);
          expect(JSON.parse(inAscii(value))).toEqual(JSON.parse(value));
        }
      }),
      { seed: 20_260_101 },
    );
  });

  it.each(['\uffff', '\u0001', '\ud83d', '\u{1f600}', '\u{1ffff}', '\u007f'])('given %j, then keeps it', (letter) => {
    expect(JSON.parse(inAscii(JSON.stringify({ letter })))).toEqual({ letter });
  });
});

describe('referenceBody', () => {
  it('given an event, then has where it is in the log, nested: the seed’s code finds no event in it', () => {
    const event = { id: 'a', $version: 2, $name: 'org/bank/account/deposited', timestamp: 'now', amount: 5 };
    const body = referenceBody(event);

    expect(decodeMessage(body)).toEqual({
      reference: { id: 'a', $version: 2, $name: 'org/bank/account/deposited' },
    });
    expect(JSON.parse(body)).not.toHaveProperty('id');
  });
});

describe('readMessage', () => {
  it.each(['no JSON', 'null', '{}', '[1]'])(
    'given %s, then tells why it is no event, and where it came from',
    (body) => {
      expect(readMessage(body, 'shelf')).toMatchObject({
        reference: { id: 'shelf', $version: 0 },
        problem: { kind: 'content', code: 'NoEvent' },
      });
    },
  );
});

describe('sqsId', () => {
  it('given what SQS takes, then is the same; else a hash', () => {
    expect(sqsId('5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04:1')).toBe('5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04:1');
    for (const id of ['', 'Zoë', 'a b', 'x'.repeat(129)]) {
      expect(sqsId(id)).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
