import { ConfigurationError } from '../errors/configuration.error';

/** Takes over a function's variables, before anything reads one: for a program that is no function itself. */
export function setEnvironment(variables: Readonly<Record<string, string>>): void {
  Object.assign(process.env, variables);
}

/**
 * A variable of the function's environment, which `template.yaml` sets.
 *
 * @throws ConfigurationError when it is missing or empty
 */
export function environment(name: string): string {
  const value = process.env[name];

  if (!value) {
    throw new ConfigurationError(
      `Expected the environment variable ${name}: set it for this function in template.yaml.`,
    );
  }
  return value;
}

/** A variable that holds a list, separated by commas; empty where it is not there. */
export function listInEnvironment(name: string): string[] {
  return (process.env[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
