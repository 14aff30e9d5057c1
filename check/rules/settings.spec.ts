import { testEach } from '../project-fixture.ts';

const EXAMPLE = '.env.example';
const LAUNCH = '.vscode/launch.json';
const STAGES = 'samconfig.toml';
const OTHERS = [
  'eventLogTable',
  'releasedEvents',
  'checkpointsTable',
  'booksTable',
  'readersTable',
  'loansTable',
  'titlesTable',
]
  .map((name) => `${name} = ""\n`)
  .concat('visibilityTimeout = 180\n')
  .join('');

describe('Settings and tools of a developer', () => {
  testEach({
    'a table that .env.example lacks': {
      edits: [[EXAMPLE, 'readersTable=readers\n', '']],
      lines: [
        "readersTable (.env.example): the parameter readersTable of template.yaml names a table or a stream, and is missing here. Add a line readersTable=, with the parameter's default. [example-setting]",
      ],
    },
    'a table that is misspelt in .env.example': {
      edits: [[EXAMPLE, 'readersTable=', 'readerTable=']],
      lines: [
        'readersTable (.env.example): the parameter readersTable of template.yaml names a table or a stream, and is missing here. Rename readerTable to readersTable. [example-setting]',
      ],
    },
    'a line of .env.example for no parameter': {
      edits: [[EXAMPLE, 'readersTable=readers\n', 'readersTable=readers\nshelvesTable=shelves\nAWS_PROFILE=dev\n']],
      lines: [
        "shelvesTable (.env.example): template.yaml has no parameter shelvesTable. Remove the line shelvesTable=, or give it a parameter's name. [example-setting]",
      ],
    },
    'a function without a sample event': {
      edits: [['test/lambda/PutBookController.json', undefined]],
      lines: [
        'PutBookController (template.yaml): its sample event test/lambda/PutBookController.json is missing. Add it: npm run invoke and the debugger start the function with it. [sample-event]',
      ],
    },
    'a sample event of no function': {
      edits: [['test/lambda/OldController.json', '{}']],
      lines: [
        'OldController (test/lambda/OldController.json): template.yaml has no function of this name. Rename the file after its function, or remove it. [sample-event]',
      ],
    },
    'a function that cannot be debugged': {
      edits: [[LAUNCH, '        "EventBroker",\n', '']],
      lines: [
        'EventBroker (.vscode/launch.json): it is missing in the options of the input "function", so that it cannot be debugged. Add "EventBroker" there. [launch-entry]',
      ],
    },
    'an entry of the debugger for no function': {
      edits: [[LAUNCH, '        "EventBroker",\n', '        "EventBroker",\n        "OldController",\n']],
      lines: [
        'OldController (.vscode/launch.json): the options of the input "function" have it, and template.yaml has no function of this name. Remove "OldController" there. [launch-entry]',
      ],
    },
    'a stage that lacks a parameter, and has one that the template lacks': {
      edits: [[STAGES, '[prod.deploy.parameters.parameter_overrides]\nstagee = "prod"\n' + OTHERS]],
      lines: [
        'stage (samconfig.toml): [prod.deploy.parameters.parameter_overrides] does not name it, so that it keeps the value it once had. Add a line with its value there. [stage-parameter]',
        "stagee (samconfig.toml): [prod.deploy.parameters.parameter_overrides] names it, and template.yaml has no such parameter. Remove it, or give it a parameter's name. [stage-parameter]",
      ],
    },
  });
});
