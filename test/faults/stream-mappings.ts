import { join } from 'node:path';

import type { StreamMappingModel } from '../../local/model.ts';
import { readMapping } from '../../local/template/mapping.ts';
import { openScope } from '../../local/template/open-scope.ts';
import { Properties } from '../../local/template/properties.ts';
import { readTemplate, type Section } from '../../local/template/template.ts';
import type { TestCloud } from '../support/test-cloud';

export interface StreamMappings {
  /** From the event log's own stream to Kinesis. */
  readonly ofLog: StreamMappingModel;
  /** From Kinesis to the queues. */
  readonly ofKinesis: StreamMappingModel;
}

/** The event source mappings of streams, as template.yaml says. */
export function streamMappings(cloud: TestCloud): StreamMappings {
  const { region, template, scope, provisioned } = readCloud(cloud);
  const read = (functionId: string, eventName: string) => {
    const { Events } = template.resources.get(functionId)!.properties as { Events: Record<string, StreamEvent> };
    const { Type, Properties: properties } = Events[eventName]!;
    const event = new Properties(properties, scope, `${functionId}.${eventName}`);
    const context = { functionId, eventName, region, resources: [...provisioned.values()] };

    return readMapping(Type, event, context) as StreamMappingModel;
  };

  return {
    ofLog: read('DynamoKinesisAdaptor', 'EventLog'),
    ofKinesis: read('EventBroker', 'EventSourceStream'),
  };
}

interface StreamEvent {
  readonly Type: 'DynamoDB' | 'Kinesis';
  readonly Properties: Section;
}

/** The template, and what its names stand for in this cloud. */
function readCloud(cloud: TestCloud) {
  const region = process.env.AWS_REGION!;
  const template = readTemplate(join(__dirname, '../../template.yaml'));
  const scope = openScope(template, { dotenv: {}, commandLine: {} }, region);
  const provisioned = new Map(
    [...template.resources.keys()]
      .map((logicalId) => [logicalId, cloud.attributes(logicalId)] as const)
      .filter(([, attributes]) => Object.keys(attributes).length > 0),
  );

  provisioned.forEach((attributes, logicalId) => {
    scope.define(logicalId, attributes);
  });
  return { region, template, scope, provisioned };
}
