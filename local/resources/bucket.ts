import { CreateBucketCommand } from '@aws-sdk/client-s3';

import { unless, type CreateResource } from './resource-kind.ts';
import { generatedName } from '../template/generated-name.ts';

/** `AWS::S3::Bucket` */
export const createBucket: CreateResource = async (properties, { logicalId, clients: { s3 } }) => {
  const name = properties.text('BucketName') ?? generatedName(logicalId).toLowerCase();
  await unless('BucketAlreadyOwnedByYou', () => s3.send(new CreateBucketCommand({ Bucket: name })));
  const domain = `${name}.s3.amazonaws.com`;
  return { Ref: name, Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain };
};
