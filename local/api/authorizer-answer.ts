import { GatewayError } from './gateway-error.ts';

/** What API Gateway reads of an authorizer's answer. */
export interface AuthorizerAnswer {
  readonly principalId: string;
  readonly statements: readonly Statement[];
  /** All values as text, as they go on. */
  readonly context: Readonly<Record<string, string>>;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const STATEMENT_KEYS = ['Sid', 'Effect', 'Action', 'Resource'];

/**
 * Reads what an authorizer has answered, by "Output from an API Gateway Lambda authorizer" in API Gateway's guide. Throws
 * AUTHORIZER_CONFIGURATION_ERROR, with what is wrong as its cause, for another form and for a policy with what is not evaluated.
 */
export function readAuthorizerAnswer(answer: unknown): AuthorizerAnswer {
  const { principalId, policyDocument, context = {} } = (answer ?? {}) as Record<string, unknown>;
  const { Statement: given } = (policyDocument ?? {}) as Record<string, unknown>;
  const statements = [given ?? []].flat();
  if (typeof principalId !== 'string') throw malformed('a principalId', principalId);
  if (statements.length === 0) throw malformed('a policyDocument with a Statement', policyDocument);
  const wrong = statements.find((statement) => !isStatement(statement));
  if (wrong !== undefined) throw malformed(`a statement of ${STATEMENT_KEYS.join(', ')} and nothing else`, wrong);
  if (!isContext(context)) throw malformed('a context of texts, numbers and booleans', context);
  return {
    principalId,
    statements: statements as Statement[],
    context: Object.fromEntries(Object.entries(context).map(([key, value]) => [key, String(value)])),
  };
}

/** By IAM's rules: one denial outdoes everything, and what no statement allows is denied. */
export function allows({ statements }: AuthorizerAnswer, methodArn: string): boolean {
  const effects = statements
    .filter(({ Action }) => [Action].flat().some((pattern) => matches(pattern.toLowerCase(), 'execute-api:invoke')))
    .filter(({ Resource }) => [Resource].flat().some((pattern) => matches(pattern, methodArn)))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** `*` stands for any text, `?` for one character. */
function matches(pattern: string, value: string): boolean {
  const parts = pattern
    .split(/([*?])/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 's').test(value);
}

function isStatement(value: unknown): value is Statement {
  if (typeof value !== 'object' || value === null) return false;
  const { Effect, Action, Resource } = value as Record<string, unknown>;
  const isKnown = Object.keys(value).every((key) => STATEMENT_KEYS.includes(key));
  return isKnown && (Effect === 'Allow' || Effect === 'Deny') && isTexts(Action) && isTexts(Resource);
}

function isTexts(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

function isContext(value: unknown): value is object {
  const isScalar = (inner: unknown) => ['string', 'number', 'boolean'].includes(typeof inner);
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isScalar);
}

function malformed(expected: string, given: unknown): GatewayError {
  const cause = `the authorizer's answer: expected ${expected}, got ${JSON.stringify(given)}`;
  return new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', { cause });
}
