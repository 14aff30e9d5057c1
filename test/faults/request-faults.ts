import type { MiddlewareStack } from '@smithy/types';

import { type Attempt, injectFault, lostAnswer } from '../support/faults';
import type { Fault, FaultPlan } from './fault-plan';
import { Invocation } from './invocation';
import type { Random } from './random';
import {
  conditionFailed,
  conflict,
  conflictException,
  conflictWithConsulted,
  consults,
  isConditional,
  isTransaction,
  throttled,
} from './refusals';

/** Puts a plan's faults between a client and its service: each attempt may meet one. */
export function putFaultsInto<TInput extends object, TOutput extends object>(
  client: { readonly middlewareStack: MiddlewareStack<TInput, TOutput> },
  faults: FaultPlan,
): void {
  const effective = new WeakSet<object>();

  injectFault(client, async (attempt) => {
    await Invocation.current?.request();
    const random = Invocation.current?.chanceOf(attempt) ?? faults.random;
    const fault = faults.strikeAt(random, possible(attempt, effective.has(attempt.input as object)));

    if (fault === 'lost answer') {
      effective.add(attempt.input as object);
    }
    return fault ? withFault(fault, attempt, random) : attempt.send();
  });
}

/** @param effective whether an earlier attempt of this request has taken effect: a failed condition would show its item */
function possible(attempt: Attempt, effective: boolean): Fault[] {
  const faults: Fault[] = ['error', 'lost answer', 'throttling'];

  if (consults(attempt)) {
    faults.push('conflict with consulted');
  }
  if (isConditional(attempt)) {
    faults.push(isTransaction(attempt) ? 'conflict as reason' : 'conflict as exception');
    if (!effective) {
      faults.push('condition failed');
    }
  }
  return faults;
}

async function withFault(fault: Fault, attempt: Attempt, random: Random): Promise<unknown> {
  switch (fault) {
    case 'error':
      throw random.chance(0.5) ? lostAnswer() : refused();
    case 'lost answer':
      await attempt.send();
      throw random.chance(0.5) ? lostAnswer() : refused();
    case 'throttling':
      throw throttled(attempt);
    default:
      throw conflictOf(fault, attempt);
  }
}

function conflictOf(fault: Fault, attempt: Attempt): Error {
  if (Invocation.current) {
    Invocation.current.conflicts++;
  }
  switch (fault) {
    case 'condition failed':
      return conditionFailed(attempt);
    case 'conflict as reason':
      return conflict(attempt);
    case 'conflict with consulted':
      return conflictWithConsulted(attempt);
    default:
      return conflictException();
  }
}

/** An error after which the SDK does not try again by itself. */
function refused(): Error {
  return Object.assign(new Error('The request failed.'), { name: 'UnknownError' });
}
