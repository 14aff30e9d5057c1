import type { Properties } from '../template/properties.ts';
import type { Attributes } from '../template/scope.ts';
import { LocalCloudError } from '../local-cloud-error.ts';
import { poll } from '../poll.ts';
import type { Clients } from './clients.ts';

/**
 * Creates a resource in an engine, or takes the one that is there from an earlier run, and waits until it can be used.
 * Answers what `Ref` and `Fn::GetAtt` give; reads every property that it acts on, and no other.
 */
export type CreateResource = (properties: Properties, context: ResourceContext) => Promise<Attributes>;

export interface ResourceContext {
  readonly logicalId: string;
  readonly clients: Clients;
}

/** Polls until the engine says that the resource can be used. */
export async function untilActive<T>(logicalId: string, describe: () => Promise<T | undefined>): Promise<T> {
  const active = await poll(describe, { timeoutMilliseconds: 30_000, intervalMilliseconds: 20 });
  if (active === undefined) throw new LocalCloudError(`${logicalId} did not become ACTIVE within 30 s.`);
  return active;
}

/** A field that AWS always answers, though the SDK's types say it may not. */
export function answered<T>(field: T | undefined): T {
  if (field === undefined) throw new Error('The engine left out a field that AWS always answers.');
  return field;
}

/** Runs the call; answers undefined where AWS answers with the error of that name. */
export async function unless<T>(errorName: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && error.name === errorName) return undefined;
    throw error;
  }
}
