import { formatTime } from './format-time.ts';

const MOMENT = new Date('2026-03-04T05:06:07.890Z');

describe('formatTime', () => {
  it.each([
    ['yyyy-MM-dd', '2026-03-04'],
    ['yyyy/MM/dd/HH/', '2026/03/04/05/'],
    ['uu.M.d H:m:s', '26.3.4 5:6:7'],
    ['HHmmss', '050607'],
    ["'year='yyyy''", "year=2026'"],
    ["'it''s' H", "it's 5"],
  ])('given %s, then answers %s', (pattern, text) => {
    expect(formatTime(pattern, MOMENT)).toBe(text);
  });

  it.each(['YYYY', 'MMM', 'EEEE', 'a'])('given %s, which is not supported, then says what is', (pattern) => {
    expect(() => formatTime(pattern, MOMENT)).toThrow(
      `expected yyyy, MM, dd, HH, mm, ss or text in quotes in a timestamp, got "${pattern}"`,
    );
  });
});
