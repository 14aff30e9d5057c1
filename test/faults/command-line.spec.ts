import { run } from '../support/local-cloud';
import { settings } from './settings';

const MAIN = 'test/faults/main.mts';

describe('npm run test:faults', () => {
  it('given --help, then names every option and its default', async () => {
    const { code, stdout } = await run(MAIN, ['--help']);
    const options = [...stdout.matchAll(/^ {2}--(\w+) .*? ([\d.]+) by default/gm)];

    expect(code).toBe(0);
    expect(Object.fromEntries(options.map(([, name, value]) => [name, Number(value)]))).toEqual(settings);
  });

  it.each([
    [['--seed', '0'], '--seed: expected a whole number above 0, got "0".'],
    [['--seeds', '2.5'], '--seeds: expected a whole number above 0, got "2.5".'],
    [['--commands=many'], '--commands: expected a whole number above 0, got "many".'],
    [['--rate', '1.1'], '--rate: expected a number from 0 to 1, got "1.1".'],
    [['--rate='], '--rate: expected a number from 0 to 1, got "".'],
    [['--sed', '1'], "Unknown option '--sed'. See npm run test:faults -- --help."],
    [['1'], expect.stringMatching(/^Unexpected argument '1'\. .*See npm run test:faults -- --help\.$/)],
  ])('given %j, then says what was expected', async (args, message) => {
    const { code, stdout, stderr } = await run(MAIN, args);

    expect(stderr.trim()).toEqual(message);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});
