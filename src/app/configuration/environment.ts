import { ConfigurationError } from '../errors/configuration.error';

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
