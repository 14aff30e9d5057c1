import { ConfigurationError } from '../errors/configuration.error';
import { environment, listInEnvironment } from './environment';

describe('environment', () => {
  afterEach(() => {
    delete process.env.specTable;
  });

  it('given a variable, then is its value', () => {
    process.env.specTable = 'EventLog';

    expect(environment('specTable')).toBe('EventLog');
  });

  it.each([undefined, ''])('given %j, then says what to set and where', (value) => {
    Object.assign(process.env, value === undefined ? {} : { specTable: value });

    expect(() => environment('specTable')).toThrow(
      new ConfigurationError('Expected the environment variable specTable: set it for this function in template.yaml.'),
    );
  });
});

describe('listInEnvironment', () => {
  afterEach(() => {
    delete process.env.specList;
  });

  it.each([
    [undefined, []],
    ['', []],
    ['one', ['one']],
    ['one, two,', ['one', 'two']],
  ])('given %j, then is %j', (value, list) => {
    Object.assign(process.env, value === undefined ? {} : { specList: value });

    expect(listInEnvironment('specList')).toEqual(list);
  });
});
