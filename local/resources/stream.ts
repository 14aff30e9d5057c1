import { CreateStreamCommand, DescribeStreamSummaryCommand, type StreamMode } from '@aws-sdk/client-kinesis';

import { answered, unless, untilActive, type CreateResource } from './resource-kind.ts';
import { generatedName } from '../template/generated-name.ts';

/** `AWS::Kinesis::Stream` */
export const createStream: CreateResource = async (properties, { logicalId, clients: { kinesis } }) => {
  const name = properties.text('Name') ?? generatedName(logicalId);
  const mode = properties.nested('StreamModeDetails').text('StreamMode') as StreamMode | undefined;
  const shards = properties.number('ShardCount');
  const request = mode === 'ON_DEMAND' ? { StreamModeDetails: { StreamMode: mode } } : { ShardCount: shards ?? 1 };
  await unless('ResourceInUseException', () => kinesis.send(new CreateStreamCommand({ StreamName: name, ...request })));
  const stream = await untilActive(logicalId, async () => {
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: name }),
    );
    return summary?.StreamStatus === 'ACTIVE' ? summary : undefined;
  });
  return { Ref: name, Arn: answered(stream.StreamARN) };
};
