import { AccountProjection, type Holding, PortfolioHandler } from '../support/bank.module';
import { eventsHandledBy } from '../../src/event-store/projections/handles-event.decorator';
import { AccountDeposited } from '../support/account';
import type { Call, Said } from './execution';
import { ACCOUNTS, historyOf } from './small-log';
import { isEmpty, type Running, type State } from './state';
import { numberOfRow, rowOf } from './texts';

/** What a handler has made of one account's events: rows by their key, and the version up to which. */
interface Made {
  readonly checkpoint: number;
  readonly rows: string;
}

/** What the events up to a version make, and what a state has of it. */
interface Projection {
  readonly name: string;
  readonly fold: (id: string, version: number) => string;
  readonly last: (id: string) => number;
  readonly stored: (state: State, id: string) => Made;
}

const changesOf = PortfolioHandler.prototype.changes.bind(undefined);
const handledByPortfolios = eventsHandledBy(PortfolioHandler);

const PROJECTIONS: readonly Projection[] = [
  {
    name: 'row',
    fold: remembered((id, version) => {
      const projection = new AccountProjection();

      historyOf(id, version).forEach((event) => {
        projection.apply(event);
      });
      return version === 0 ? '' : String(numberOfRow(projection));
    }),
    last: (id) => historyOf(id).length,
    stored: ({ tables }, id) => {
      const row = tables.projectionAccountsTable?.[id];

      return row === undefined ? { checkpoint: 0, rows: '' } : { checkpoint: versionIn(row), rows: String(row) };
    },
  },
  {
    name: 'portfolio',
    fold: remembered((id, version) => {
      const rows = new Map<string, number>();

      for (const change of historyOf(id, version)
        .filter(({ $name }) => handledByPortfolios.has($name))
        .flatMap(changesOf)) {
        if ('put' in change) {
          const { owner, accountId } = change.put as unknown as Holding;

          rows.set(`${owner} ${accountId}`, numberOfRow(change.put));
        } else {
          rows.delete(`${change.remove.owner} ${change.remove.accountId}`);
        }
      }
      return [...rows]
        .map(([key, row]) => `${key}:${row}`)
        .sort()
        .join();
    }),
    last: (id) => historyOf(id).findLast(({ $name }) => handledByPortfolios.has($name))!.$version,
    stored: ({ tables }, id) => {
      const checkpoint = tables.checkpointsTable?.[`portfolios ${id}`];
      const { portfoliosTable: rows = {} } = tables;
      const keys = Object.keys(rows).filter((key) => key.endsWith(` ${id}`));

      return {
        checkpoint: checkpoint === undefined ? 0 : versionIn(checkpoint),
        rows: keys
          .map((key) => `${key}:${rows[key]}`)
          .sort()
          .join(),
      };
    },
  },
];

/** What is wrong in a state, whatever is still to come. */
export function wrongNow(state: State): string | undefined {
  for (const { name, fold, stored } of PROJECTIONS) {
    for (const id of ACCOUNTS) {
      const { checkpoint, rows } = stored(state, id);

      if (checkpoint > historyOf(id).length) {
        return `The ${name} of account ${id} stands at version ${checkpoint}, which the log does not have.`;
      }
      if (rows !== fold(id, checkpoint)) {
        return `The ${name} of account ${id} stands at version ${checkpoint} and is ${show(rows)}: the log makes something else of it.`;
      }
    }
  }
  return undefined;
}

/** What is wrong when nothing more will happen. */
export function wrongAtEnd(state: State): string | undefined {
  const { deadLetters, quarantine } = state.channels;

  if (!isEmpty(deadLetters) || !isEmpty(quarantine) || state.lost || state.cleared) {
    return 'However often operators redrive and replay, something is left.';
  }
  for (const { name, last, stored } of PROJECTIONS) {
    for (const id of ACCOUNTS) {
      const { checkpoint } = stored(state, id);

      if (checkpoint !== last(id)) {
        return `Nothing waits any more, and the ${name} of account ${id} is at version ${checkpoint} of ${last(id)}.`;
      }
    }
  }
  return undefined;
}

function show(rows: string): string {
  const found = rows
    .split(',')
    .filter(Boolean)
    .map((row) => JSON.stringify(rowOf(Number(row.split(':').at(-1)))));

  return found.length > 0 ? found.join(' and ') : 'empty';
}

const versions = new Map<number, number>();

function versionIn(row: number): number {
  const known = versions.get(row) ?? (rowOf(row).version as number);

  versions.set(row, known);
  return known;
}

function remembered(fold: (id: string, version: number) => string): (id: string, version: number) => string {
  const known = new Map<string, string>();

  return (id, version) => {
    const key = `${id}${version}`;
    const text = known.get(key) ?? fold(id, version);

    known.set(key, text);
    return text;
  };
}

/** Without a fault of the transport, no event may be applied in the place of another before it. */
export function overtaking(state: State, { actor }: Running, call: Call, said: Said): { readonly violation?: string } {
  const found =
    'output' in said && call.command === 'QueryCommand' && actor.includes('processor')
      ? (said.output as { Items: { event: { $name: string } }[] }).Items.filter(
          ({ event }) => event.$name !== AccountDeposited.$name,
        )
      : [];

  return found.length > 0 && !state.disordered
    ? { violation: 'An event has overtaken one before it, although the transport kept their order.' }
    : {};
}
