import type { Adversities } from './adversities';
import type { ApiClients } from './api-clients';
import { consultationViolations } from './consultation-checks';
import type { Lambda } from './lambda';
import { logViolations } from './log-checks';
import type { Poison } from './poison';
import { projectionViolations } from './projection-checks';
import type { Quarantine } from './quarantine';
import { quarantineViolations } from './quarantine-checks';
import { snapshotViolations } from './snapshot-checks';
import type { StoredState } from './stored-state';
import type { Transport } from './transport';

/** A system that is at rest again. */
export interface Healed {
  readonly adversities: Adversities;
  readonly clients: ApiClients;
  readonly lambda: Lambda;
  readonly transport: Transport;
  readonly quarantine: Quarantine;
  readonly poison?: Poison;
}

/** What is not as it would be if nothing had gone wrong. */
export function violationsOf(state: StoredState, system: Healed): string[] {
  const { adversities, clients, lambda, transport, quarantine, poison } = system;

  return [
    ...clients.givenUp.map((id) => `${id} was given up though it met few conflicts`),
    ...clients.forgotten.map((id) => `${id} was accepted, and got another answer when it came again`),
    ...(lambda.overrun > 0 ? [`${lambda.overrun} batches had no answer, since a handler hung`] : []),
    ...logViolations(state, clients.sent),
    ...consultationViolations(state, transport.fromLog.read),
    ...snapshotViolations(state),
    ...projectionViolations(state),
    ...quarantineViolations(quarantine, adversities, transport.streamFaults.affected),
    ...(poison?.violations(state, transport.redriven) ?? []),
  ];
}
