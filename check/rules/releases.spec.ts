import { linesAfter, testEach } from '../project-fixture.ts';

const MODULE = 'src/library/library.module.ts';
const STAGES = 'samconfig.toml';
const LISTED = 'events: [ReaderJoined, ReaderBorrowed, ReaderLeft]';
const ANNOUNCED = 'events: [ReaderJoined, ReaderBorrowed], announced: [ReaderLeft]';

const PARAMETERS: Record<string, string | number> = {
  stage: 'prod',
  eventLogTable: 'EventLog',
  checkpointsTable: 'checkpoints',
  booksTable: 'books',
  readersTable: 'readers',
  loansTable: 'loans',
  titlesTable: 'titles',
  releasedEvents: '',
  visibilityTimeout: 180,
};
const stage = (parameters: Record<string, string | number>) =>
  `[prod.deploy.parameters.parameter_overrides]\n${Object.entries({ ...PARAMETERS, ...parameters })
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
    .join('')}`;

describe('Releases', () => {
  it('given an event that is announced, and then released, then finds nothing', () => {
    expect(linesAfter([MODULE, LISTED, ANNOUNCED])).toEqual([]);
    expect(
      linesAfter([MODULE, LISTED, ANNOUNCED], [STAGES, stage({ releasedEvents: 'org/library/reader/left' })]),
    ).toEqual([]);
  });

  testEach({
    'an event that is listed and announced': {
      edits: [[MODULE, LISTED, `${LISTED}, announced: [ReaderLeft]`]],
      lines: [
        'ReaderLeft (src/library/library.module.ts): it stands there among the events and among the announced ones. Remove it from events; once releasedEvents has had org/library/reader/left everywhere, move it there from announced. [event-announced-and-listed]',
      ],
    },
    'a stage that releases what is no event': {
      edits: [
        [MODULE, LISTED, ANNOUNCED],
        [STAGES, stage({ releasedEvents: 'org/library/reader/left,org/library/reader/lefft' })],
      ],
      lines: [
        "org/library/reader/lefft (samconfig.toml): the parameter releasedEvents of prod names it, and no module announces such an event. Write the $name of an event that stands in its aggregate's announced, or remove it. [released-event]",
      ],
    },
    'a default that releases what needs no release any more': {
      edits: [
        [
          'template.yaml',
          "releasedEvents: { Type: String, Default: '' }",
          'releasedEvents: { Type: String, Default: org/library/reader/left }',
        ],
      ],
      lines: [
        'org/library/reader/left (template.yaml): the parameter releasedEvents names it, and no module announces such an event. Remove it there: it is written anyway. [released-event]',
      ],
    },
    'a stage whose messages are given up before a deployment is over': {
      edits: [[STAGES, stage({ visibilityTimeout: 75 })]],
      lines: ['LibraryBookQueue', 'LibraryReaderQueue'].map(
        (queue) =>
          `${queue} (template.yaml): a message is tried for the last time after 300 s, while old and new code run side by side for 300 s. Raise its VisibilityTimeout or its maxReceiveCount: what old code does not know must wait for the new. [queue-shorter-than-deployment]`,
      ),
    },
    'a slower deployment than messages wait': {
      edits: [['template.yaml', 'Canary10Percent5Minutes', 'Linear10PercentEvery2Minutes']],
      lines: ['LibraryBookQueue', 'LibraryReaderQueue'].map(
        (queue) =>
          `${queue} (template.yaml): a message is tried for the last time after 720 s, while old and new code run side by side for 1080 s. Raise its VisibilityTimeout or its maxReceiveCount: what old code does not know must wait for the new. [queue-shorter-than-deployment]`,
      ),
    },
  });
});
