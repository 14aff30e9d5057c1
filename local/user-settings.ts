/**
 * The settings that a developer has for other work: accounts, endpoints and proxies. What talks to the engines takes nothing of them, from
 * the environment nor from files. A program of this project says so as it begins; what it starts later is then free of them, too.
 */
import http from 'node:http';
import { devNull } from 'node:os';

/** Every variable of the AWS SDK, that of tomorrow as well, and those by which Node and others find a proxy. */
const USER_SETTING = /^AWS_|^NODE_USE_ENV_PROXY$/i;
const PROXY = /^(?:https?|all|no)_proxy$/i;

/** In the place of the SDK's files, which are in the home directory otherwise, and of the credentials that a machine in AWS has. */
const NO_FILES = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Proxies for no host at all. Node takes an environment without a proxy for none that it was given, and keeps those that it has. */
const NO_PROXIES = { http_proxy: 'http://127.0.0.1', https_proxy: 'http://127.0.0.1', no_proxy: '*' };

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** What a program needs of its surroundings to run at all. */
const ESSENTIAL = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** Without variables that are empty: they count as unset. */
export function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

/** The environment for a program that shall reach the engines, and nothing else, once it is told where they are. */
export function withoutUserSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !USER_SETTING.test(name) && !PROXY.test(name));
  return { ...Object.fromEntries(kept), ...NO_FILES };
}

/** Makes this process such a program. Its SDK clients have to be opened afterwards. */
export function leaveUserSettings(): void {
  const kept = withoutUserSettings(process.env);
  // Node reads the proxies as it starts.
  if (Object.keys(process.env).some((name) => PROXY.test(name))) http.setGlobalProxyFromEnv(NO_PROXIES);
  for (const name of Object.keys(process.env)) if (!(name in kept)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, kept);
}

/** Unsets the variables of this process that are empty: the SDK takes them for values. */
export function unsetEmpty(): void {
  for (const [name, value] of Object.entries(process.env)) if (value === '') Reflect.deleteProperty(process.env, name);
}

/** Has requests of this process to this machine pass by the proxy that others may need. `fetch` reads it with each request. */
export function leaveProxyForThisMachine(): void {
  const { no_proxy: lower, NO_PROXY: upper } = process.env;
  process.env.no_proxy = [lower ?? upper ?? '', ...LOOPBACK].filter(Boolean).join(',');
}

/** What of the environment a child process needs to run at all; nothing else of the developer's shell. */
export function essentials(): Record<string, string> {
  const entries = ESSENTIAL.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
