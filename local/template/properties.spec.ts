import { Properties } from './properties.ts';
import type { Section } from './template.ts';
import { TemplateFixture } from './template-fixture.ts';

const fixture = new TemplateFixture();
const { scope } = fixture.scope(
  `{ Parameters: { Ten: { Type: Number, Default: 10 }, Off: { Type: String, Default: 'false' } }, Resources: {} }`,
);

afterAll(() => {
  fixture.remove();
});

function properties(values: Section): Properties {
  return new Properties(values, scope, 'Resources.A.Properties');
}

describe('Properties', () => {
  it('when the values of parameters are read, then they have the type that is asked for', () => {
    const read = properties({ number: { Ref: 'Ten' }, flag: { Ref: 'Off' }, text: 5, texts: { a: true, b: 1 } });
    expect([read.number('number'), read.flag('flag'), read.text('text')]).toEqual([10, false, '5']);
    expect(read.texts('texts')).toEqual({ a: 'true', b: '1' });
  });

  it('when a property is absent or AWS::NoValue, then there is no value', () => {
    const read = properties({ none: { Ref: 'AWS::NoValue' } });
    expect([read.text('none'), read.number('absent'), read.flag('absent')]).toEqual([undefined, undefined, undefined]);
    expect([read.list('absent'), read.objects('absent'), read.entries('absent')]).toEqual([[], [], []]);
    expect(read.nested('none').names()).toEqual([]);
  });

  it('when some were read, then it names the others, at any depth', () => {
    const read = properties({
      Read: 1,
      Other: { 'Fn::ImportValue': 'never resolved' },
      Nested: { Read: 1, Other: 2 },
      List: [{ Read: 1 }, { Other: 2 }],
      Events: { One: { Read: 1, Other: 2 }, Two: { Other: 3 } },
      Skipped: 1,
    });
    read.text('Read');
    read.nested('Nested').text('Read');
    for (const item of read.objects('List')) item.text('Read');
    for (const [, event] of read.entries('Events')) event.text('Read');
    read.skip('Skipped');
    expect([...new Set(read.unread())]).toEqual(['Other', 'Nested.Other', 'List.Other', 'Events.*.Other']);
  });

  it.each([
    ['a number', (read: Properties) => read.number('Text'), 'Text: expected a number, got "x".'],
    ['a flag', (read: Properties) => read.flag('Text'), 'Text: expected true or false, got "x".'],
    ['a text', (read: Properties) => read.text('List'), 'List: expected a text, got [1].'],
    ['a list', (read: Properties) => read.list('Text'), 'Text: expected a list.'],
    ['objects', (read: Properties) => read.objects('List'), 'List[0]: expected entries with names.'],
    ['nested', (read: Properties) => read.nested('Text'), 'Text: expected entries with names.'],
    [
      'a required text',
      (read: Properties) => read.requiredText('None'),
      'None: expected a value, the template gives none.',
    ],
    ['a reference', (read: Properties) => read.value('Ref'), 'Ref: Nobody is neither a parameter nor a resource'],
  ])('when it is not %s, then the error names the place', (_, read, message) => {
    const given = properties({ Text: 'x', List: [1], Ref: { Ref: 'Nobody' } });
    expect(() => read(given)).toThrow(`Resources.A.Properties.${message}`);
  });
});
