/**
 * The one convention between the local cloud and a template about who may call its API. It is the names of three parameters, and of
 * the variables of its authorizer that hold the scopes. A template without them runs as it is.
 */
import { LocalIssuer } from './issuer.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import type { CloudModel } from './model.ts';
import type { Template } from './template/template.ts';

const MODE = 'authentication';
const ISSUER = 'tokenIssuer';
const AUDIENCE = 'tokenAudience';
const SCOPES = ['readScope', 'writeScope'];
/** `iam=users,roles crm=customers`: a scope is there for each of these contexts, in the place of `{context}`. */
const CONTEXTS = 'contexts';

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
  const asked = [...authorizers].flatMap((id) => scopesOf(functions.get(id)?.environment ?? {}));
  const scopes = [...new Set(asked)].join(' ');
  return {
    issuer: issuer.url,
    scopes,
    token: await issuer.token(scopes),
    path: routes.find(({ method, path }) => method === 'GET' && !path.includes('{'))?.path ?? '/',
  };
}

function scopesOf(environment: Readonly<Record<string, string>>): string[] {
  const scopes = SCOPES.map((name) => environment[name]).filter((scope) => scope !== undefined);
  const contexts = (environment[CONTEXTS] ?? '').split(' ').map((declared) => declared.replace(/=.*/, ''));
  return contexts.flatMap((context) => scopes.map((scope) => scope.replaceAll('{context}', context)));
}
