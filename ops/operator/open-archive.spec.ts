import { Archive } from '../archive/archive';
import { OpsError } from '../support/ops-error';
import { openArchive } from './open-archive';

describe('openArchive', () => {
  it('given a stage whose archive is off, then says how to turn it on', () => {
    const opening = () => openArchive({ name: 'the local cloud', archive: undefined });

    expect(opening).toThrow(OpsError);
    expect(opening).toThrow('There is no archive in the local cloud: turn it on by the parameter archive=on.');
  });

  it('given one whose archive is on, then opens it', () => {
    expect(openArchive({ name: 'the local cloud', archive: 'bucket' })).toBeInstanceOf(Archive);
  });
});
