import { testEach } from '../project-fixture.ts';

const TEMPLATE = 'template.yaml';

describe('Functions', () => {
  testEach({
    'a folder that is not there': {
      edits: [[TEMPLATE, 'CodeUri: src/library/book/controllers', 'CodeUri: src/library/books/controllers']],
      lines: [
        'PutBookController (template.yaml): its CodeUri and its Handler book-controller.putHandler name src/library/books/controllers/book-controller.ts, which is missing. Write the file, or mend CodeUri and Handler. [function-file]',
      ],
    },
    'a file that is not there': {
      edits: [[TEMPLATE, 'Handler: event-broker.handler', 'Handler: event-brooker.handler']],
      lines: [
        'EventBroker (template.yaml): its CodeUri and its Handler event-brooker.handler name src/functions/event-brooker.ts, which is missing. Write the file, or mend CodeUri and Handler. [function-file]',
      ],
    },
    'an export that is not there': {
      edits: [[TEMPLATE, 'Handler: reader-controller.postHandler', 'Handler: reader-controller.pustHandler']],
      lines: [
        'JoinLibraryController (template.yaml): its Handler reader-controller.pustHandler names an export that src/library/reader/controllers/reader-controller.ts does not have. Export pustHandler there, or write one of its exports: postHandler, borrowHandler. [function-export]',
      ],
    },
    'a function without a role': {
      edits: [
        [
          TEMPLATE,
          '      Handler: event-broker.handler\n      CodeUri: src/functions\n      Role: !GetAtt FunctionRole.Arn\n',
          '      Handler: event-broker.handler\n      CodeUri: src/functions\n',
        ],
      ],
      lines: [
        'EventBroker (template.yaml): it has no Role: SAM makes one for it. Write Role: !GetAtt NAME.Arn with a role that may do what its handler does, and no more. [function-role]',
      ],
    },
    'a role that is not there': {
      edits: [
        [
          TEMPLATE,
          '      Handler: event-broker.handler\n      CodeUri: src/functions\n      Role: !GetAtt FunctionRole.Arn\n',
          '      Handler: event-broker.handler\n      CodeUri: src/functions\n      Role: !GetAtt FunctionRol.Arn\n',
        ],
      ],
      lines: [
        'EventBroker (template.yaml): its Role FunctionRol is no role of the template that Lambda may take. Write Role: !GetAtt FunctionRole.Arn with a role that may do what its handler does, and no more. [function-role]',
      ],
    },
    'a role that no function has': {
      edits: [
        [
          TEMPLATE,
          '  Authorizer:\n',
          '  OldRole:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement: [{ Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }]\n\n  Authorizer:\n',
        ],
      ],
      lines: [
        'OldRole (template.yaml): no function has it. Write Role: !GetAtt OldRole.Arn for the function that it is meant for, or remove it. [role-without-function]',
      ],
    },
    'a variable of the engine that several functions lack': {
      edits: [[TEMPLATE, '        checkpointsTable: !Ref checkpointsTable\n', '']],
      lines: [
        'Globals.Function.Environment (template.yaml): it has no variable checkpointsTable, which src/functions/engine-settings.ts reads. Add checkpointsTable: !Ref checkpointsTable to its Variables. [variable-missing]',
      ],
    },
    'a variable that one function lacks': {
      edits: [[TEMPLATE, "      Environment: { Variables: { contexts: 'library=books,readers' } }\n", '']],
      lines: [
        'Authorizer (template.yaml): it has no variable contexts, which src/functions/authorizer.ts reads. Add contexts to its Variables. [variable-missing]',
      ],
    },
    'another parameter in a variable of the engine': {
      edits: [
        [
          TEMPLATE,
          'checkpointsTable: !Ref checkpointsTable\n        booksTable',
          'checkpointsTable: !Ref eventLogTable\n        booksTable',
        ],
      ],
      lines: [
        'Globals.Function.Environment (template.yaml): its variable checkpointsTable is the parameter eventLogTable, and there is one that is called checkpointsTable. Write checkpointsTable: !Ref checkpointsTable. [variable-of-another-name]',
      ],
    },
  });
});
