import type { Finding } from '../finding.ts';
import { routesOf } from '../project/entries.ts';
import { contextOf } from '../project/naming.ts';
import { TEMPLATE, type Project } from '../project/project.ts';
import { functionsOf, variablesOf } from '../project/template-values.ts';

const AUTHORIZER = 'Authorizer';

/** The authorizer knows the first part of each route, by its context, and no other: it refuses what it does not know. */
export function scopeFindings(project: Project): Finding[] {
  const authorizer = functionsOf(project.template).find(({ logicalId }) => logicalId === AUTHORIZER);
  const { contexts } = variablesOf(authorizer?.properties ?? {});
  if (typeof contexts !== 'string') return [];

  const listed = scopesIn(contexts);
  const functions = Map.groupBy(routesOf(project), ({ entry, path }) => `${contextOf(entry.file)}=${firstOf(path)}`);

  return [
    ...[...functions]
      .filter(([scope]) => !listed.includes(scope))
      .map(([scope, routes]) =>
        refused(
          scope,
          routes.map(({ entry }) => entry.resource.logicalId),
          contexts,
        ),
      ),
    ...listed.filter((scope) => !functions.has(scope)).map((scope) => stale(scope, contexts)),
  ];
}

/** `users` of `/users/{id}`. */
function firstOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** `['iam=users', 'iam=roles']` of `iam=users,roles`. */
function scopesIn(contexts: string): string[] {
  return contexts
    .split(' ')
    .filter((entry) => entry !== '')
    .flatMap((entry) => {
      const [context = '', routes = ''] = entry.split('=');

      return routes.split(',').map((route) => `${context}=${route}`);
    });
}

function refused(scope: string, functions: readonly string[], contexts: string): Finding {
  const [context = '', route = ''] = scope.split('=');

  return {
    rule: 'route-without-scope',
    subject: AUTHORIZER,
    file: TEMPLATE,
    problem: `its variable contexts does not list /${route} of ${context}, so that every request of ${functions.join(', ')} is refused`,
    remedy: `Add it there, as in ${scope}: contexts is now ${contexts}`,
  };
}

function stale(scope: string, contexts: string): Finding {
  return {
    rule: 'scope-without-route',
    subject: AUTHORIZER,
    file: TEMPLATE,
    problem: `its variable contexts lists ${scope}, and no route of that context begins so`,
    remedy: `Remove it there: contexts is now ${contexts}`,
  };
}
