import { ConsoleProgress } from './console-progress';

describe('ConsoleProgress', () => {
  let written: string[];
  let progress: ConsoleProgress;

  beforeEach(() => {
    jest.useFakeTimers();
    written = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    progress = new ConsoleProgress('events sent');
  });

  afterEach(() => {
    progress.end();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('given a task that is done within two seconds, then says nothing', () => {
    progress.advance(10);
    jest.advanceTimersByTime(1999);
    progress.end();
    jest.advanceTimersByTime(60_000);

    expect(written.join('')).not.toContain('events');
  });

  it('given a longer one, then says how far it is, again and again, also while nothing happens', () => {
    progress.advance(1200);
    jest.advanceTimersByTime(2000);
    progress.advance(34);
    jest.advanceTimersByTime(10_000);

    expect(written.join('')).toContain('1,200 events sent …');
    expect(written.join('').match(/1,234 events sent …/g)!.length).toBeGreaterThanOrEqual(2);
  });

  it('given an interruption, then stops the task at its next step', () => {
    progress.advance(1);
    progress.interrupt();

    expect(() => {
      progress.advance(1);
    }).toThrow('Stopped after 2 events sent. Nothing is lost: start it again at any time.');
  });
});
