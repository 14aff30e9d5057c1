import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';

/** A process that has something to itself. */
export interface Holder {
  readonly pid: number;
  /** A port of 127.0.0.1 where it answers with its pid: after a crash the pid may be another process' soon. */
  readonly claimPort?: number;
}

const ANSWER_MILLISECONDS = 1_000;

/** A file that says which process has something to itself, for as long as that process lives. */
export class Claim {
  readonly #file: string;
  readonly #holder: Required<Holder>;
  readonly #server: Server;

  private constructor(file: string, server: Server) {
    this.#file = file;
    this.#server = server;
    this.#holder = { pid: process.pid, claimPort: (server.address() as AddressInfo).port };
  }

  /** Takes over the file of a process that has ended; where its process lives, throws what `taken` makes of the file's content. */
  static async make(file: string, taken: (holder: Holder) => Error): Promise<Claim> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).end(String(process.pid));
    });
    await once(server.listen(0, '127.0.0.1').unref(), 'listening');
    const claim = new Claim(file, server);
    try {
      mkdirSync(dirname(file), { recursive: true });
      const holder = readHolder(file);
      if (holder !== undefined && (await isHeld(holder))) throw taken(holder);
      rmSync(file, { force: true });
      // Where two come at once, the second fails.
      writeFileSync(file, JSON.stringify(claim.#holder), { flag: 'wx' });
      return claim;
    } catch (error) {
      server.close();
      throw error;
    }
  }

  /** Says more in the file. */
  write(content: object): void {
    writeFileSync(this.#file, JSON.stringify({ ...this.#holder, ...content }, undefined, 2));
  }

  /** May be called again. */
  release(): void {
    if (!this.#server.listening) return;
    this.#server.close();
    rmSync(this.#file, { force: true });
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Whether a process of that id runs, maybe another one. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process that is held by a debugger or a Ctrl-Z answers nothing, and lives. */
async function isHeld({ pid, claimPort }: Holder): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (claimPort === undefined) return true;
  const socket = connect(claimPort, '127.0.0.1');
  socket.setTimeout(ANSWER_MILLISECONDS, () => socket.destroy(new SilenceError()));
  try {
    return (await text(socket)) === String(pid);
  } catch (error) {
    return error instanceof SilenceError;
  }
}

class SilenceError extends Error {}
