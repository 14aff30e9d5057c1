/**
 * The one convention between the local cloud and a template about who may call its API: the names of three parameters, and of the
 * variables of its authorizer that hold the scopes. A template without them runs as it is.
 */
import { LocalIssuer } from './issuer.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import type { CloudModel } from './model.ts';
import type { Template } from './template/template.ts';

const MODE = 'authentication';
const ISSUER = 'tokenIssuer';
const AUDIENCE = 'tokenAudience';
const SCOPES = ['readScope', 'writeScope'];

/** What the tokens of the local issuer have as their `aud`. */
const LOCAL_AUDIENCE = 'local';

function follows({ parameters }: Template): boolean {
  return [MODE, ISSUER, AUDIENCE].every((name) => name in parameters);
}

/** Values of the parameters, unless somebody says otherwise: the API is open. */
export function openParameters(template: Template): Record<string, string> {
  return follows(template) ? { [MODE]: 'none' } : {};
}

/** Values of the parameters that close the API to whoever has no token of this issuer. Throws a LocalCloudError where there are none. */
export function closedParameters(template: Template, { url, audience }: LocalIssuer): Record<string, string> {
  if (follows(template)) return { [MODE]: 'required', [ISSUER]: url, [AUDIENCE]: audience };
  throw new LocalCloudError(`--auth: expected the template to have the parameters ${MODE}, ${ISSUER} and ${AUDIENCE}.`);
}

export function startIssuer(): Promise<LocalIssuer> {
  return LocalIssuer.start(LOCAL_AUDIENCE);
}

/** How to get in where the API is closed. */
export interface Access {
  readonly issuer: string;
  readonly scopes: string;
  /** With every scope. */
  readonly token: string;
  /** Path of a route to try it with. */
  readonly path: string;
}

/** A way into the API, with whatever scopes its authorizers ask for. */
export async function accessTo({ api, functions }: CloudModel, issuer: LocalIssuer): Promise<Access> {
  const routes = api?.routes ?? [];
  const authorizers = new Set(routes.map(({ authorizer }) => authorizer?.functionId ?? ''));
  const variables = [...authorizers].flatMap((id) => SCOPES.map((name) => functions.get(id)?.environment[name]));
  const scopes = variables.filter((scope) => scope !== undefined).join(' ');
  return {
    issuer: issuer.url,
    scopes,
    token: await issuer.token(scopes),
    path: routes.find(({ method, path }) => method === 'GET' && !path.includes('{'))?.path ?? '/',
  };
}
