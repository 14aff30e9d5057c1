import { type Child, howEnded } from './child-processes.ts';

/** What a child process printed until its end, and how it ended: `exit code 1`. */
export interface Outcome {
  readonly end: string;
  readonly output: Buffer;
}

export async function outcomeOf(child: Child): Promise<Outcome> {
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const end = await howEnded(child);
  return { end, output: Buffer.concat(output) };
}
