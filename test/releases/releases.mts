/** A text of a source file, and what stands there in its place. */
export interface Edit {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

const MODULE = 'test/support/bank.module.ts';
const HANDLERS = 'test/support/bank-handlers.ts';
const BRANCH = '    { type: Branch, repository: BranchRepository, events: [BranchOpened, BranchClosed] },\n';
const BRANCH_PROJECTION = `    {
      type: BranchProjection,
      repository: BranchProjectionRepository,
      table: 'projectionBranchesTable',
      handler: BranchProjectionHandler,
    },
`;

/** Releases of the bank, by their names: what each is edited from the sources of today, in which everything is there and released. */
export const RELEASES = {
  today: [],
  'before-the-event': [
    { file: MODULE, text: 'events: [AccountOpened, AccountRenamed, ', instead: 'events: [AccountOpened, ' },
    {
      file: MODULE,
      text: '(AccountOpened, AccountRenamed, AccountDeposited, ',
      instead: '(AccountOpened, AccountDeposited, ',
    },
    {
      file: MODULE,
      text: '(AccountOpened, AccountRenamed, AccountHandedOver)',
      instead: '(AccountOpened, AccountHandedOver)',
    },
    { file: HANDLERS, text: '  RenameAccountHandler,\n', instead: '' },
  ],
  'event-announced': [
    {
      file: MODULE,
      text: 'events: [AccountOpened, AccountRenamed, ',
      instead: 'announced: [AccountRenamed], events: [AccountOpened, ',
    },
  ],
  'before-the-aggregate': [
    { file: MODULE, text: BRANCH, instead: '' },
    { file: MODULE, text: BRANCH_PROJECTION, instead: '' },
    { file: HANDLERS, text: '  OpenBranchHandler,\n  CloseBranchHandler,\n', instead: '' },
  ],
  'aggregate-announced': [
    {
      file: MODULE,
      text: 'events: [BranchOpened, BranchClosed]',
      instead: 'events: [], announced: [BranchOpened, BranchClosed]',
    },
  ],
} as const satisfies Record<string, readonly Edit[]>;

export type ReleaseName = keyof typeof RELEASES;
