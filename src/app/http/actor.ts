import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Who calls, as the authorizer found out, and never as the request itself says; `undefined` where the API is open. */
export function actorOf({ requestContext }: APIGatewayProxyEvent): string | undefined {
  // The type knows any authorizer; a request that none has seen has null or nothing there.
  const { authorizer } = requestContext as { authorizer?: { readonly actor?: string } | null };

  return authorizer?.actor;
}
