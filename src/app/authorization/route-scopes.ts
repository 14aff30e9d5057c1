import { ConfigurationError } from '../../shared-kernel/errors/configuration.error';

/** Stands for the context in a scope's name. */
const CONTEXT = '{context}';

/** Contexts and scopes, as the template declares them for the authorizer. */
export interface ScopeDeclaration {
  /** The context of each route, by the first part of its path: `iam=users,roles crm=customers`. */
  readonly contexts: string;
  /** Scope of a request that reads, and of every other one: `{context}:read`. */
  readonly readScope: string;
  readonly writeScope: string;
}

/** Which scope a request needs: that of its route's context. */
export class RouteScopes {
  private readonly contexts: ReadonlyMap<string, string>;

  /** @throws ConfigurationError for a declaration of another form, and for a part of a path that has two contexts */
  constructor(private readonly declaration: ScopeDeclaration) {
    this.contexts = contextsIn(declaration.contexts);
    for (const name of ['readScope', 'writeScope'] as const) {
      if (!declaration[name].includes(CONTEXT)) {
        throw new ConfigurationError(
          `Expected the variable ${name} of Authorizer in template.yaml to have ${CONTEXT} in it, and got ${declaration[name]}.`,
        );
      }
    }
  }

  /** `resource` is the route's path, as `/users/{id}`. Undefined where it belongs to no context. */
  scopeFor(method: string, resource: string): string | undefined {
    const context = this.contexts.get(firstPartOf(resource));
    const scope = method === 'GET' ? this.declaration.readScope : this.declaration.writeScope;

    return context && scope.replaceAll(CONTEXT, context);
  }
}

export function firstPartOf(resource: string): string {
  return resource.split('/')[1] ?? '';
}

function contextsIn(text: string): Map<string, string> {
  const pairs = text.split(' ').flatMap((declared) => {
    const [, context, parts] = /^([\w-]+)=([\w-]+(?:,[\w-]+)*)$/.exec(declared) ?? [];

    if (!context || !parts) {
      throw new ConfigurationError(
        `Expected the variable contexts of Authorizer in template.yaml to be like iam=users,roles crm=customers, and got ${text}.`,
      );
    }
    return parts.split(',').map((part) => [part, context] as const);
  });
  const contexts = new Map(pairs);

  if (contexts.size < pairs.length) {
    throw new ConfigurationError(
      `Expected the variable contexts of Authorizer in template.yaml to have each part of a path once, and got ${text}.`,
    );
  }
  return contexts;
}
