import * as fc from 'fast-check';

import { apiEvent } from '../../../test/support/api-event';
import { type EntityTags, entityTagsOf, matchesStrongly, matchesWeakly } from './entity-tags';
import { MalformedRequestError } from './errors/malformed-request.error';

const read = (value: string) => entityTagsOf(apiEvent({ headers: { 'If-Match': value } }), 'If-Match');
const tag = (opaque: string, isWeak = false) => ({ isWeak, opaque });

describe('entityTagsOf', () => {
  it.each<[string, EntityTags]>([
    ['*', '*'],
    [' * ', '*'],
    ['"3"', [tag('3')]],
    [' "12"\t', [tag('12')]],
    ['W/"3"', [tag('3', true)]],
    ['"3","4"', [tag('3'), tag('4')]],
    ['"3" ,\t W/"4"', [tag('3'), tag('4', true)]],
    [', "3",, "4" ,', [tag('3'), tag('4')]],
    ['""', [tag('')]],
    ['"a,b", "W/"', [tag('a,b'), tag('W/')]],
    ['"\\"', [tag('\\')]],
    ['"é\u{1f600}"', [tag('é\u{1f600}')]],
    ['', []],
    [',', []],
  ])('given If-Match: %s, then reads it by the grammar', (value, tags) => {
    expect(read(value)).toEqual(tags);
  });

  it.each([
    '3',
    '"3',
    '3"',
    '"a b"',
    '"a"b"',
    '"3" "4"',
    '"3"; "4"',
    'w/"3"',
    'W/3',
    'W/ "3"',
    '**',
    '*, "3"',
    '"3", *',
  ])('given If-Match: %s, then says what was expected', (value) => {
    expect(() => read(value)).toThrow(MalformedRequestError);
  });

  it('given none, then there is none', () => {
    expect(entityTagsOf(apiEvent({ headers: { 'If-None-Match': '*' } }), 'If-Match')).toBeUndefined();
  });

  it('given several lines, in whatever case, then reads them as one list', () => {
    const event = apiEvent({ headers: { 'If-Match': '"4"' }, multiValueHeaders: { 'if-match': ['"3"', '"4"'] } });

    expect(entityTagsOf(event, 'If-Match')).toEqual([tag('3'), tag('4')]);
  });

  it('given any list of tags, then reads each', () => {
    const anyTag = fc.record({ isWeak: fc.boolean(), opaque: fc.stringMatching(/^[!#-~\u0080-\u00ff]*$/) });
    const write = ({ isWeak, opaque }: { isWeak: boolean; opaque: string }) => `${isWeak ? 'W/' : ''}"${opaque}"`;

    fc.assert(
      fc.property(fc.array(anyTag), (tags) => {
        expect(read(tags.map(write).join(', '))).toEqual(tags);
      }),
    );
  });

  it('given a header as long as API Gateway lets through, then reads it at once', () => {
    const began = performance.now();

    expect(() => read(`"3"${' '.repeat(10_000)}x`)).toThrow(MalformedRequestError);
    expect(() => read(`${', '.repeat(5_000)}x`)).toThrow(MalformedRequestError);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('comparison', () => {
  // RFC 9110, section 8.8.3.2: strong, weak.
  it.each<[string, number, boolean, boolean]>([
    ['"3"', 3, true, true],
    ['W/"3"', 3, false, true],
    ['"4"', 3, false, false],
    ['"2", "3"', 3, true, true],
    ['"03"', 3, false, false],
    ['"3.0"', 3, false, false],
    ['"abc"', 3, false, false],
    ['"9999999999999999"', 3, false, false],
    ['', 3, false, false],
    ['*', 3, true, true],
    ['*', 0, false, false],
  ])('given %s and the version %i, then strongly: %s, weakly: %s', (value, version, strongly, weakly) => {
    const tags = read(value)!;

    expect([matchesStrongly(tags, version), matchesWeakly(tags, version)]).toEqual([strongly, weakly]);
  });
});
