import type { Resource } from '../../local/template/template.ts';
import type { Finding } from '../finding.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf, sectionOf } from '../project/template-values.ts';

const MAPPINGS = ['SQS', 'Kinesis', 'DynamoDB'];

/** What works unseen is watched: the errors of consumers by an alarm, and both on the dashboard, where there is one. */
export function watchFindings({ template }: Project): Finding[] {
  const resources = [...template.resources.values()];
  const alarms = resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm');
  const dashboards = resources.filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
  const consumers = functionsOf(template).filter(isConsumer);

  return [
    ...consumers.flatMap(({ logicalId }) => errorFindings(logicalId, alarms)),
    ...consumers.flatMap(({ logicalId }) =>
      dashboardFindings(logicalId, `\${${logicalId}}`, 'a metric AWS/Lambda Errors of FunctionName', dashboards),
    ),
    ...alarms.flatMap(({ logicalId }) =>
      dashboardFindings(logicalId, `\${${logicalId}.Arn}`, 'among the alarms', dashboards),
    ),
  ];
}

function isConsumer({ properties }: Resource): boolean {
  return Object.values(sectionOf(properties.Events)).some((event) => MAPPINGS.includes(String(sectionOf(event).Type)));
}

/** Only where some alarm is on errors of functions. */
function errorFindings(consumer: string, alarms: readonly Resource[]): Finding[] {
  const onErrors = alarms.filter(({ properties }) => {
    const text = JSON.stringify(properties);

    return text.includes('"AWS/Lambda"') && text.includes('"Errors"');
  });
  const [alarm] = onErrors;
  if (!alarm || onErrors.some(({ properties }) => JSON.stringify(properties).includes(refTo(consumer)))) return [];

  return [
    {
      rule: 'consumer-without-alarm',
      subject: consumer,
      file: TEMPLATE,
      problem: `no alarm has its errors, so that nobody hears of them`,
      remedy: `Add a metric with FunctionName: !Ref ${consumer} to the Metrics of ${alarm.logicalId}, as its neighbours have it`,
    },
  ];
}

function refTo(logicalId: string): string {
  return JSON.stringify({ Ref: logicalId });
}

function dashboardFindings(subject: string, text: string, where: string, dashboards: readonly Resource[]): Finding[] {
  const [dashboard] = dashboards;
  if (!dashboard || dashboards.some(({ properties }) => JSON.stringify(properties).includes(text))) return [];

  return [
    {
      rule: 'not-on-dashboard',
      subject,
      file: TEMPLATE,
      problem: `${dashboard.logicalId} does not show it`,
      remedy: `Add ${text} there, ${where}`,
    },
  ];
}
