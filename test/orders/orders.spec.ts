import { GUARDS } from './guards';
import { search } from './search';
import { IN_TURN, SIDE_BY_SIDE } from './worlds';

/** In some milliseconds each; `npm run test:orders` takes them all. */
const QUICK = GUARDS.filter(({ guard }) =>
  [
    'a message has the group of its aggregate',
    'nothing that failed is acknowledged',
    'what no queue takes goes to quarantine',
    'a checkpoint moves together with the effect',
  ].includes(guard),
);

describe('A search of every order', () => {
  it.each([
    ['with an operator', { ...IN_TURN, faults: 0, interventions: 1, batch: 1 }],
    ['with two invocations side by side', { ...SIDE_BY_SIDE, faults: 0 }],
  ])('%s, finds that each comes to what the log says, and the same every time', async (_, world) => {
    const report = await search(world);

    expect(report.found).toBeUndefined();
    expect(report.ends).toBeGreaterThan(0);
    expect(await search(world)).toEqual(report);
  });

  it.each(QUICK)('given not that $guard, then finds what comes of it', async ({ mutation, world }) => {
    const { found } = await search(world, mutation);

    expect(found?.story).not.toEqual([]);
  });

  it('tells the shortest story, and no step too much', async () => {
    const { mutation, world } = GUARDS.find(({ guard }) => guard === 'a checkpoint moves together with the effect')!;

    expect((await search(world, mutation)).found).toEqual({
      violation: 'The portfolio of account a stands at version 1 and is empty: the log makes something else of it.',
      story: [
        'The adaptor of a1 takes its batch from the log’s stream.',
        'The adaptor of a1 sends a1 to Kinesis.',
        'The broker of a1 takes its batch from Kinesis.',
        'The broker of a1 sends a1 to its queue.',
        'The processor of a1 takes its batch from its queue.',
        'The processor of a1 reads the row.',
        'The processor of a1 reads the portfolio’s checkpoint.',
        'The processor of a1 writes the checkpoint.',
      ],
    });
  });
});
