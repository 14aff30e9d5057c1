import { parameterValues } from './parameters.ts';

const declarations = {
  stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'] },
  timeout: { Type: 'Number', Default: 30, MinValue: 1, MaxValue: 900 },
  names: { Type: 'CommaDelimitedList', Default: '' },
  code: { Type: 'String', Default: 'ab', AllowedPattern: '[a-z]+', MinLength: 2 },
};

function values(dotenv: Record<string, string>, commandLine: Record<string, string> = {}): Record<string, unknown> {
  return Object.fromEntries(parameterValues(declarations, { dotenv, commandLine }));
}

describe('parameterValues', () => {
  it('when nothing is given, then the defaults hold', () => {
    expect(values({})).toEqual({ stage: 'dev', timeout: '30', names: [''], code: 'ab' });
  });

  it('when values are given, then the command line wins over .env, and .env may have other keys', () => {
    const dotenv = { stage: 'prod', timeout: '60', names: 'a, b', PORT: '1' };
    expect(values(dotenv, { timeout: '90' })).toEqual({ stage: 'prod', timeout: '90', names: ['a', 'b'], code: 'ab' });
  });

  it.each([
    [{ stage: 'test' }, 'Parameter stage: expected one of dev, prod, got "test". Change it in .env or'],
    [{ timeout: 'soon' }, 'Parameter timeout: expected a number, got "soon"'],
    [{ timeout: '' }, 'Parameter timeout: expected a number, got ""'],
    [{ timeout: '901' }, 'Parameter timeout: expected a value from 1 to 900, got "901"'],
    [{ code: 'a1' }, 'Parameter code: expected text that matches [a-z]+, got "a1"'],
    [{ code: 'a' }, 'Parameter code: expected a length from 2 to Infinity, got "a"'],
  ])('when %j is given, then it says what was expected', (dotenv, message) => {
    expect(() => values(dotenv as Record<string, string>)).toThrow(message);
  });

  it('when a value is missing, then it says where to set it', () => {
    const read = (): unknown => parameterValues({ key: { Type: 'String' } }, { dotenv: {}, commandLine: {} });
    expect(read).toThrow('Parameter key has no value: set it in .env or with --parameter key=VALUE.');
  });

  it('when the command line names no parameter, then it lists those that there are', () => {
    const message =
      '--parameter stag: the template has no such parameter, expected one of stage, timeout, names, code.';
    expect(() => values({}, { stag: 'dev' })).toThrow(message);
  });
});
