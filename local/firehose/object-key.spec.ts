import { objectKey } from './object-key.ts';

describe('objectKey', () => {
  it('is made as Firehose makes it, and never twice the same', () => {
    const stream = { name: 'archive', prefix: 'date=!{timestamp:yyyy-MM-dd}/', extension: '.ndjson.gz' };
    const moment = new Date('2026-03-04T05:06:07.890Z');
    const key = objectKey(stream, moment);
    expect(key).toMatch(
      /^date=2026-03-04\/archive-1-2026-03-04-05-06-07-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.ndjson\.gz$/,
    );
    expect(objectKey(stream, moment)).not.toBe(key);
  });
});
