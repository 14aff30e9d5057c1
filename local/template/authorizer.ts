import type { AuthorizerModel } from '../model.ts';
import type { Properties } from './properties.ts';
import type { Warnings } from './warnings.ts';

/** API Gateway's own default. */
const CACHE_SECONDS = 300;

/** Who decides on the requests of an API. */
export interface ApiAuth {
  /** The authorizer of a route that names this one, or none; undefined: the route is open. */
  authorizer(name: string | undefined): AuthorizerModel | undefined;
  readonly preflight: AuthorizerModel | undefined;
}

/** Reads the `Auth` of an API. Authorizers that are no functions do not run locally: their routes are open, and a warning says so. */
export function readAuth(auth: Properties, warnings: Warnings): ApiAuth {
  const known = new Map(auth.entries('Authorizers').map(([name, properties]) => [name, readAuthorizer(properties)]));
  const byDefault = auth.text('DefaultAuthorizer') ?? 'NONE';
  const find = (name: string) => {
    if (name === 'NONE') return undefined;
    if (!known.has(name) && name !== 'AWS_IAM') {
      throw auth.error('Authorizers', `expected the authorizer ${name}, which is named as the default or by a route.`);
    }
    const authorizer = known.get(name);
    if (authorizer === undefined) warnings.notRun('Authorizer', name);
    return authorizer;
  };
  return {
    authorizer: (name = byDefault) => find(name),
    preflight: (auth.flag('AddDefaultAuthorizerToCorsPreflight') ?? true) ? find(byDefault) : undefined,
  };
}

function readAuthorizer(properties: Properties): AuthorizerModel | undefined {
  const arn = properties.text('FunctionArn');
  if (arn === undefined) return undefined;
  const type = properties.text('FunctionPayloadType') ?? 'TOKEN';
  if (type !== 'TOKEN' && type !== 'REQUEST') {
    throw properties.error('FunctionPayloadType', `expected TOKEN or REQUEST, got ${type}.`);
  }
  return { functionId: functionIdIn(arn, properties), type, ...readIdentity(type, properties.nested('Identity')) };
}

function readIdentity(
  type: AuthorizerModel['type'],
  identity: Properties,
): Omit<AuthorizerModel, 'functionId' | 'type'> {
  const cacheSeconds = identity.number('ReauthorizeEvery') ?? CACHE_SECONDS;
  if (type === 'TOKEN') {
    const validation = identity.text('ValidationExpression');
    return {
      identityHeaders: [identity.text('Header') ?? 'Authorization'],
      validation: validation === undefined ? undefined : new RegExp(`^(?:${validation})$`),
      cacheSeconds,
    };
  }
  const identityHeaders = identity.list('Headers').map(String);
  // What a request is known by in the cache may be something that is not read here.
  return { identityHeaders, validation: undefined, cacheSeconds: identityHeaders.length === 0 ? 0 : cacheSeconds };
}

/** From `!GetAtt Function.Arn`, or from `!Ref Function.Alias`, which SAM knows. */
function functionIdIn(arn: string, properties: Properties): string {
  const [, id] = /(?:^|:)(\w+)(?:\.Alias)?$/.exec(arn) ?? [];
  if (id === undefined) {
    throw properties.error('FunctionArn', `expected !GetAtt Function.Arn or !Ref Function.Alias, got "${arn}".`);
  }
  return id;
}
