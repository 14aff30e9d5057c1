import { readCommandLine } from './command-line.ts';
import { LocalCloudError } from './local-cloud-error.ts';

describe('readCommandLine', () => {
  it('when nothing is given, then it has defaults', () => {
    expect(readCommandLine([], {})).toEqual({
      help: false,
      port: 3000,
      dataDirectory: undefined,
      auth: false,
      verbose: false,
      types: true,
      engineHost: '127.0.0.1',
      parameters: {},
    });
  });

  it('when everything is given, then the option wins over PORT', () => {
    const args = [
      '--port',
      '4000',
      '--data',
      'd',
      '--host=0.0.0.0',
      '--parameter',
      'a=b=c',
      '--parameter',
      'e=',
      '--auth',
      '--verbose',
      '--no-types',
      '--help',
    ];
    expect(readCommandLine(args, { PORT: '5000' })).toEqual({
      help: true,
      port: 4000,
      dataDirectory: 'd',
      auth: true,
      verbose: true,
      types: false,
      engineHost: '0.0.0.0',
      parameters: { a: 'b=c', e: '' },
    });
    expect(readCommandLine([], { PORT: '5000' }).port).toBe(5000);
  });

  it('when PORT is empty, then it counts as unset', () => {
    expect(readCommandLine([], { PORT: '' }).port).toBe(3000);
  });

  it.each([
    [['--prot', '1'], {}, "Unknown option '--prot'. See npm start -- --help."],
    [['x'], {}, /^Unexpected argument 'x'\. .*See npm start -- --help\.$/],
    [['--data'], {}, "Option '--data <value>' argument missing. See npm start -- --help."],
    [['--port', 'web'], {}, '--port: expected a port from 0 to 65535, got "web".'],
    [['--port', '-1'], {}, "Option '--port' argument is ambiguous. See npm start -- --help."],
    [[], { PORT: 'web' }, 'PORT: expected a port from 0 to 65535, got "web".'],
    [[], { PORT: '65536' }, 'PORT: expected a port from 0 to 65535, got "65536".'],
    [['--host', 'localhost'], {}, '--host: expected an IPv4 address of this machine, got "localhost".'],
    [['--parameter', 'a'], {}, '--parameter: expected NAME=VALUE, got "a".'],
  ])('when it is %j with %j, then one line says what is wrong', (args, environment, message) => {
    const read = (): unknown => readCommandLine(args, environment);
    expect(read).toThrow(LocalCloudError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/\n/);
  });
});
