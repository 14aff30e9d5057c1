import { testEach } from '../project-fixture.ts';

const TEMPLATE = 'template.yaml';
const LAUNCH = '.vscode/launch.json';

describe('Queues', () => {
  testEach({
    'an aggregate that is missing in the loop over the aggregates': {
      edits: [
        [
          TEMPLATE,
          '- Name\n    - [LibraryBook, LibraryReader]\n    - ${Name}Queue:\n',
          '- Name\n    - [LibraryBook]\n    - ${Name}Queue:\n',
        ],
      ],
      lines: [
        'LibraryReaderQueue (template.yaml): there is no such queue, so that events of Reader reach no projection. Add LibraryReader to the list of Fn::ForEach::Aggregates and of Fn::ForEach::Queues. [queue-missing]',
      ],
    },
    'an aggregate that is missing in the loop and for the broker': {
      edits: [
        [
          TEMPLATE,
          '- Name\n    - [LibraryBook, LibraryReader]\n    - ${Name}Queue:\n',
          '- Name\n    - [LibraryBook]\n    - ${Name}Queue:\n',
        ],
        [TEMPLATE, '          LibraryReaderQueue: !Ref LibraryReaderQueue\n', ''],
      ],
      lines: [
        'LibraryReaderQueue (template.yaml): there is no such queue, so that events of Reader reach no projection. Add LibraryReader to the list of Fn::ForEach::Aggregates and of Fn::ForEach::Queues, and LibraryReaderQueue: !Ref LibraryReaderQueue to the Environment of EventBroker. [queue-missing]',
      ],
    },
    'an aggregate that is missing in a template without loops': {
      edits: [
        [
          TEMPLATE,
          "  Fn::ForEach::Aggregates:\n    - Name\n    - [LibraryBook, LibraryReader]\n    - ${Name}Queue:\n        Type: AWS::SQS::Queue\n        Properties:\n          FifoQueue: true\n          VisibilityTimeout: !Ref visibilityTimeout\n          RedrivePolicy: { deadLetterTargetArn: { Fn::GetAtt: [DeadLetterQueue, Arn] }, maxReceiveCount: 5 }\n      ${Name}QueueProcessor:\n        Type: AWS::Serverless::Function\n        Properties:\n          Handler: queue-processor.handler\n          CodeUri: src/functions\n          Role: !GetAtt FunctionRole.Arn\n          Events:\n            Queue: { Type: SQS, Properties: { Queue: { Fn::GetAtt: [!Sub '${Name}Queue', Arn] } } }\n",
          '  LibraryBookQueue: { Type: AWS::SQS::Queue }\n',
        ],
        [TEMPLATE, 'Fn::ForEach::Queues', 'Fn::ForEach::Ques'],
        ['test/lambda/LibraryBookQueueProcessor.json', undefined],
        [LAUNCH, '        "LibraryBookQueueProcessor",\n', ''],
      ],
      lines: [
        'LibraryReaderQueue (template.yaml): there is no such queue, so that events of Reader reach no projection. Add a FIFO queue LibraryReaderQueue with its processor. [queue-missing]',
      ],
    },
    'a queue that the broker does not know': {
      edits: [[TEMPLATE, '          LibraryReaderQueue: !Ref LibraryReaderQueue\n', '']],
      lines: [
        'EventBroker (template.yaml): it has no variable LibraryReaderQueue, so that events of Reader reach no queue. Add LibraryReaderQueue: !Ref LibraryReaderQueue to its Environment. [queue-variable]',
      ],
    },
    "a queue's variable that is misspelt": {
      edits: [[TEMPLATE, '          LibraryReaderQueue: !Ref', '          LibraryReadersQueue: !Ref']],
      lines: [
        'EventBroker (template.yaml): it has no variable LibraryReaderQueue, so that events of Reader reach no queue. Rename its variable LibraryReadersQueue to LibraryReaderQueue. [queue-variable]',
      ],
    },
    "another queue in a queue's variable": {
      edits: [[TEMPLATE, 'LibraryReaderQueue: !Ref LibraryReaderQueue', 'LibraryReaderQueue: !Ref LibraryBookQueue']],
      lines: [
        'EventBroker (template.yaml): its variable LibraryReaderQueue is not the queue of that name, but LibraryBookQueue. Write LibraryReaderQueue: !Ref LibraryReaderQueue. [queue-variable]',
      ],
    },
    'the queue of an aggregate that is no more': {
      edits: [
        [
          TEMPLATE,
          '          LibraryReaderQueue: !Ref LibraryReaderQueue\n',
          '          LibraryReaderQueue: !Ref LibraryReaderQueue\n          LibraryShelfQueue: !Ref LibraryReaderQueue\n',
        ],
      ],
      lines: [
        'EventBroker (template.yaml): its variable LibraryShelfQueue is the queue of no aggregate. Remove LibraryShelfQueue there and from the loops over the aggregates, or mend the aggregateType that it was meant for. [queue-variable]',
      ],
    },
  });
});
