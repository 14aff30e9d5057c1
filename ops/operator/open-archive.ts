import { S3Client } from '@aws-sdk/client-s3';

import { Archive } from '../archive/archive';
import { OpsError } from '../support/ops-error';
import type { Stage } from './stage';

/** @throws OpsError where the archive of the stage is off */
export function openArchive({ archive, name }: Pick<Stage, 'archive' | 'name'>): Archive {
  if (archive === undefined) {
    throw new OpsError(
      `There is no archive in ${name}: turn it on by the parameter archive=on. See docs/how-to/archive.md.`,
    );
  }
  // A local S3 has no host name for each bucket.
  return new Archive(new S3Client({ forcePathStyle: true }), archive);
}
