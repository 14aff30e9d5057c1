import { OpsError } from '../support/ops-error';
import { readCommandLine } from './command-line';

const read = (line: string) => readCommandLine(line.split(' '));

describe('readCommandLine', () => {
  it.each([
    ['status', {}, undefined, undefined, false],
    ['dlq redrive --aggregate 1 --json', { aggregate: '1' }, undefined, undefined, true],
    ['replay --all --stack iam --region eu-west-1', { all: true }, 'iam', 'eu-west-1', false],
    ['--stack iam rebuild --aggregate 1', { aggregate: '1' }, 'iam', undefined, false],
    ['archive ls --from 2026-11-24', { from: '2026-11-24' }, undefined, undefined, false],
    ['archive query SELECT --to 2026-11-24', { sql: 'SELECT', to: '2026-11-24' }, undefined, undefined, false],
  ])('given %s, then reads it', (line, options, stack, region, json) => {
    expect(read(line)).toMatchObject({ options, stack, region, json });
  });

  it.each(['--help', 'replay --help', '--json'])('given %s, then help is wanted', (line) => {
    expect(read(line)).toBeUndefined();
  });

  it.each([
    ['mend', 'There is no command "mend". Expected one of status, verify, dlq list,'],
    ['dlq', 'There is no command "dlq".'],
    ['status --verbose', "Unknown option '--verbose'. See npm run ops -- --help."],
    ['status --aggregate 1', 'status takes no --aggregate.'],
    ['replay', 'replay needs --aggregate ID or --all.'],
    ['replay --all --aggregate 1', 'replay needs --aggregate ID or --all.'],
    ['rebuild', 'rebuild needs --aggregate ID.'],
    ['rebuild --aggregate=', '--aggregate needs the id of an aggregate.'],
    ['status --region eu-west-1', '--region is of a deployed stage'],
    ['status now', 'There is no command "status now".'],
    ['status --from 2026-11-24', 'status takes no --from.'],
    ['archive query', 'archive query needs its SQL as one argument in quotes, got 0.'],
    ['archive query select 1', 'archive query needs its SQL as one argument in quotes, got 2.'],
    ['archive ls --from 2026-13-01', '--from needs a day such as 2026-11-24, got "2026-13-01".'],
    ['archive ls --to 2026-02-30', '--to needs a day such as 2026-11-24, got "2026-02-30".'],
    ['archive ls --from 2026-11-25 --to 2026-11-24', '--from 2026-11-25 is after --to 2026-11-24.'],
  ])('given %s, then says what was expected', (line, message) => {
    expect(() => read(line)).toThrow(OpsError);
    expect(() => read(line)).toThrow(message);
  });
});
