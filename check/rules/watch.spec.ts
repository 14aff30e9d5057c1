import { testEach } from '../project-fixture.ts';

const TEMPLATE = 'template.yaml';

describe('What is watched', () => {
  testEach({
    'a consumer whose errors are in no alarm': {
      edits: [
        [
          TEMPLATE,
          '        - Id: readers\n          MetricStat:\n            Metric:\n              Namespace: AWS/Lambda\n              MetricName: Errors\n              Dimensions: [{ Name: FunctionName, Value: !Ref LibraryReaderQueueProcessor }]\n',
          '',
        ],
      ],
      lines: [
        'LibraryReaderQueueProcessor (template.yaml): no alarm has its errors, so that nobody hears of them. Add a metric with FunctionName: !Ref LibraryReaderQueueProcessor to the Metrics of ConsumerErrorsAlarm, as its neighbours have it. [consumer-without-alarm]',
      ],
    },
    'a consumer that the dashboard does not show': {
      edits: [[TEMPLATE, '["AWS/Lambda","Errors","FunctionName","${EventBroker}"],', '']],
      lines: [
        'EventBroker (template.yaml): Dashboard does not show it. Add ${EventBroker} there, a metric AWS/Lambda Errors of FunctionName. [not-on-dashboard]',
      ],
    },
    'an alarm that the dashboard does not show': {
      edits: [[TEMPLATE, '"${ConsumerErrorsAlarm.Arn}"', '']],
      lines: [
        'ConsumerErrorsAlarm (template.yaml): Dashboard does not show it. Add ${ConsumerErrorsAlarm.Arn} there, among the alarms. [not-on-dashboard]',
      ],
    },
  });
});
