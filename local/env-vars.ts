import { awsEnvironment } from './aws-environment.ts';
import type { Endpoints, FunctionModel } from './model.ts';

/** The name by which a Docker container reaches the machine that runs it. */
const DOCKER_HOST = 'host.docker.internal';

/** The `--env-vars` file for `sam local`: by function, its variables with every engine's address as a container sees it. */
export function samEnvironment(
  functions: ReadonlyMap<string, FunctionModel>,
  endpoints: Endpoints,
  region: string,
): Record<string, Record<string, string>> {
  const aws = awsEnvironment(endpoints, region);
  return Object.fromEntries(
    [...functions].map(([id, { environment }]) => [
      id,
      mapValues({ ...environment, ...aws }, (value) => fromContainer(value, endpoints)),
    ]),
  );
}

function fromContainer(value: string, endpoints: Endpoints): string {
  const addresses: string[] = Object.values({ ...endpoints });
  return addresses.reduce((text, address) => text.replaceAll(address, containerAddress(address)), value);
}

function containerAddress(endpoint: string): string {
  return endpoint.replace(/\/\/(127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1\])/, `//${DOCKER_HOST}`);
}

function mapValues(record: Record<string, string>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
