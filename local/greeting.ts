import type { Started } from './cloud.ts';
import type { RouteModel } from './model.ts';

/** What a person wants to know of a cloud that is ready. The last line begins with Ready. */
export function greeting({ url, access, routes }: Started): string {
  const ready = url ? `Ready ${url}` : 'Ready, without an API: the template has none.';
  return [...(url ? routeLines(routes) : []), ...(url && access ? waysIn(url, access) : []), ready].join('\n');
}

function routeLines(routes: readonly RouteModel[]): string[] {
  const width = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
  const [methods, paths] = [width(routes.map(({ method }) => method)), width(routes.map(({ path }) => path))];
  const lines = routes.map(
    ({ method, path, functionId }) => `${method.padEnd(methods)}  ${path.padEnd(paths)}  ${functionId}`,
  );
  return ['', ...lines, ''];
}

function waysIn(url: string, { issuer, scopes, token, path }: NonNullable<Started['access']>): string[] {
  return [
    'The API is closed. A token for twelve hours, and a request with it:',
    '',
    `export TOKEN=${token}`,
    `curl -i ${url}${path} -H "Authorization: Bearer $TOKEN"`,
    '',
    'Another token, for somebody else or with fewer scopes:',
    '',
    `curl ${issuer}/token -d grant_type=password -d username=somebody -d scope="${scopes}"`,
    '',
  ];
}
