import type { ServerResponse } from 'node:http';

export interface HttpAnswer {
  readonly statusCode: number;
  /** A later name takes the place of an earlier one that differs only in case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

export function send(response: ServerResponse, { statusCode, headers, body }: HttpAnswer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = statusCode;
  response.end(body);
}
