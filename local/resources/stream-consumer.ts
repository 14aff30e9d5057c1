import { DescribeStreamConsumerCommand, RegisterStreamConsumerCommand } from '@aws-sdk/client-kinesis';

import { answered, unless, untilActive, type CreateResource } from './resource-kind.ts';

/** `AWS::Kinesis::StreamConsumer`; its `StreamARN` leads from the consumer to the stream that it reads. */
export const createStreamConsumer: CreateResource = async (properties, { logicalId, clients: { kinesis } }) => {
  const name = properties.requiredText('ConsumerName');
  const stream = properties.requiredText('StreamARN');
  const identity = { StreamARN: stream, ConsumerName: name };
  await unless('ResourceInUseException', () => kinesis.send(new RegisterStreamConsumerCommand(identity)));
  const consumer = await untilActive(logicalId, async () => {
    const { ConsumerDescription: description } = await kinesis.send(new DescribeStreamConsumerCommand(identity));
    return description?.ConsumerStatus === 'ACTIVE' ? description : undefined;
  });
  const arn = answered(consumer.ConsumerARN);
  return { Ref: arn, ConsumerARN: arn, ConsumerName: name, ConsumerStatus: 'ACTIVE', StreamARN: stream };
};
