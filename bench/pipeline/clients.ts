import { randomUUID } from 'node:crypto';

import type { CommandResult } from '../../src/event-store/commands/command-context';

const UPDATES = 4;

/** Sends one command and answers when it was accepted. */
export type Send = (method: 'POST' | 'PUT', path: string, body: object) => Promise<CommandResult>;

/** What a client does with a command that it is about to send, until it is through with it. */
export type Step = (send: () => Promise<CommandResult>) => Promise<void>;

/**
 * Clients at work at the same time: each registers a user and updates it four times, then takes the next user.
 *
 * @param isOver asked before each command
 */
export async function runClients(count: number, url: string, step: Step, isOver: () => boolean): Promise<void> {
  const send: Send = (method, path, body) => sendCommand(method, `${url}${path}`, body);

  await Promise.all(
    Array.from({ length: count }, async () => {
      while (!isOver()) {
        await life(send, step, isOver);
      }
    }),
  );
}

async function life(send: Send, step: Step, isOver: () => boolean): Promise<void> {
  const id = randomUUID();

  await step(() => send('POST', '/users', { id, email: `${id}@domain.com` }));
  for (let update = 0; update < UPDATES && !isOver(); update++) {
    await step(() => send('PUT', `/users/${id}`, { firstName: 'Ada', lastName: 'Lovelace' }));
  }
}

/** @throws Error when it is not accepted */
export async function sendCommand(method: string, url: string, body: object): Promise<CommandResult> {
  const response = await fetch(url, { method, body: JSON.stringify(body) });
  const answer = await response.text();

  if (response.status !== 202) {
    throw new Error(`${method} ${url} was answered ${response.status}: ${answer}`);
  }
  return JSON.parse(answer) as CommandResult;
}
