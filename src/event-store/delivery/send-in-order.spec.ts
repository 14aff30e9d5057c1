import * as fc from 'fast-check';

import { TimeLimit, withTimeLimit } from '../../shared-kernel/time/time-limit';
import type { Refusal, Refused } from './refusal';
import { sendInOrder, type Sending } from './send-in-order';

interface Entry {
  readonly group: string;
  readonly bytes: number;
  readonly isRefused: boolean;
}

interface Limits {
  readonly maximumEntries: number;
  readonly maximumBytes: number;
}

const BUSY: Refusal = { kind: 'temporary', code: 'Throttled', message: 'later' };
const ROOMY: Limits = { maximumEntries: 10, maximumBytes: 1000 };

function entry(group: string, { bytes = 1, isRefused = false }: Partial<Entry> = {}): Entry {
  return { group, bytes, isRefused };
}

/** Sends entries and tells each batch that went out. */
async function send(
  entries: readonly Entry[],
  limits: Limits,
): Promise<{ batches: (readonly Entry[])[]; unsent: ReadonlySet<Entry> }> {
  const batches: (readonly Entry[])[] = [];
  const unsent = await sendInOrder(entries, {
    ...limits,
    groupOf: ({ group }) => group,
    bytesOf: ({ bytes }) => bytes,
    send: (batch) => {
      batches.push(batch);
      return Promise.resolve(
        batch.filter(({ isRefused }) => isRefused).map((refused) => ({ entry: refused, refusal: BUSY })),
      );
    },
    setAside: () => Promise.resolve(new Set()),
    time: TimeLimit.NONE,
  });

  return { batches, unsent };
}

describe('sendInOrder', () => {
  it('given nothing, then sends nothing', async () => {
    expect(await send([], ROOMY)).toEqual({ batches: [], unsent: new Set() });
  });

  it('given entries of different groups, then sends them in one batch', async () => {
    const [a, b, c] = [entry('a'), entry('b'), entry('c')];

    expect(await send([a, b, c], ROOMY)).toEqual({ batches: [[a, b, c]], unsent: new Set() });
  });

  it('given entries of one group, then sends each after the one before was accepted', async () => {
    const [a1, b1, a2, a3, b2] = [entry('a'), entry('b'), entry('a'), entry('a'), entry('b')];

    const { batches } = await send([a1, b1, a2, a3, b2], ROOMY);

    expect(batches).toEqual([[a1, b1], [a2, b2], [a3]]);
  });

  it('given a refused entry, then holds back the rest of its group and sends the others', async () => {
    const [a1, a2, a3] = [entry('a'), entry('a', { isRefused: true }), entry('a')];
    const [b1, b2, b3] = [entry('b'), entry('b'), entry('b')];

    const { batches, unsent } = await send([a1, b1, a2, b2, a3, b3], ROOMY);

    expect(batches).toEqual([[a1, b1], [a2, b2], [b3]]);
    expect(unsent).toEqual(new Set([a2, a3]));
  });

  it('given more groups than a batch takes, then sends further batches', async () => {
    const entries = ['a', 'b', 'c', 'd', 'e'].map((group) => entry(group));

    const { batches } = await send(entries, { ...ROOMY, maximumEntries: 2 });

    expect(batches.map((batch) => batch.map(({ group }) => group))).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('given an entry that does not fit any more, then nothing of its group overtakes it', async () => {
    const [a, b1, b2, c] = [entry('a', { bytes: 6 }), entry('b', { bytes: 6 }), entry('b'), entry('c')];

    const { batches } = await send([a, b1, b2, c], { ...ROOMY, maximumBytes: 10 });

    expect(batches).toEqual([[a, c], [b1], [b2]]);
  });

  it('given an entry that is too large for any batch, then sends it alone', async () => {
    const [a, b, c] = [entry('a', { bytes: 11 }), entry('b'), entry('c')];

    const { batches } = await send([a, b, c], { ...ROOMY, maximumBytes: 10 });

    expect(batches).toEqual([[a], [b, c]]);
  });

  describe('given a way to set refused entries aside', () => {
    const CONTENT = Object.assign(new Error('bad letter'), { name: 'InvalidMessageContents', $fault: 'client' });
    const DENIED = Object.assign(new Error('denied'), {
      name: 'AccessDenied',
      $fault: 'client',
      $metadata: { httpStatusCode: 403 },
    });

    async function sendWith(
      entries: readonly Entry[],
      failWith: (batch: readonly Entry[]) => Error | undefined,
      isSetAside: (refused: Refused<Entry>) => boolean = () => true,
    ) {
      const batches: (readonly Entry[])[] = [];
      const aside: Refused<Entry>[] = [];
      const unsent = await sendInOrder(entries, {
        ...ROOMY,
        groupOf: ({ group }) => group,
        bytesOf: ({ bytes }) => bytes,
        time: TimeLimit.NONE,
        send: (batch) => {
          const error = failWith(batch);

          batches.push(batch);
          return error ? Promise.reject(error) : Promise.resolve([]);
        },
        setAside: (refused) => {
          const taken = refused.filter(isSetAside);

          aside.push(...taken);
          return Promise.resolve(new Set(taken.map(({ entry }) => entry)));
        },
      });

      return { batches, aside, unsent };
    }

    it('when a batch is refused for the content of one entry, then sets that one aside and holds back nobody', async () => {
      const [a1, a2, b1, c1] = [entry('a', { isRefused: true }), entry('a'), entry('b'), entry('c')];
      const { batches, aside, unsent } = await sendWith([a1, a2, b1, c1], (batch) =>
        batch.some(({ isRefused }) => isRefused) ? CONTENT : undefined,
      );

      expect(batches).toEqual([[a1, b1, c1], [a1], [b1], [c1], [a2]]);
      expect(aside).toEqual([
        { entry: a1, refusal: { kind: 'content', code: 'InvalidMessageContents', message: 'bad letter' } },
      ]);
      expect(unsent).toEqual(new Set());
    });

    it('when it cannot be set aside either, then it holds back its group alone', async () => {
      const [a1, a2, b1] = [entry('a', { isRefused: true }), entry('a'), entry('b')];
      const fail = (batch: readonly Entry[]) => (batch.some(({ isRefused }) => isRefused) ? CONTENT : undefined);
      const { unsent } = await sendWith([a1, a2, b1], fail, () => false);

      expect(unsent).toEqual(new Set([a1, a2]));
    });

    it('when the call itself is refused, then asks no more, and every entry shares its refusal', async () => {
      const entries = [entry('a'), entry('a'), entry('b')];
      const { batches, aside, unsent } = await sendWith(entries, () => DENIED);

      expect(batches.length).toBe(1);
      expect(new Set(aside.map(({ entry }) => entry))).toEqual(new Set(entries));
      expect(aside.every(({ refusal }) => refusal.kind === 'setup' && refusal.code === 'AccessDenied')).toBe(true);
      expect(unsent).toEqual(new Set());
    });
  });

  describe('given little time', () => {
    const never = () => new Promise<never>(() => undefined);
    const within50ms = (entries: readonly Entry[], sending: Pick<Sending<Entry>, 'send' | 'setAside'>) =>
      withTimeLimit(Date.now() + 50, (time) =>
        sendInOrder(entries, {
          ...ROOMY,
          groupOf: ({ group }) => group,
          bytesOf: ({ bytes }) => bytes,
          time,
          ...sending,
        }),
      );
    const [a1, b1, a2, a3] = [entry('a'), entry('b'), entry('a'), entry('a')];

    it('when a call does not end, then what is not sent by then is unsent, and nothing more is tried', async () => {
      const send = jest.fn<Promise<[]>, [readonly Entry[]]>().mockResolvedValueOnce([]).mockImplementation(never);
      const setAside = jest.fn(never);

      expect(await within50ms([a1, b1, a2, a3], { send, setAside })).toEqual(new Set([a2, a3]));
      expect(send.mock.calls).toEqual([[[a1, b1]], [[a2]]]);
      expect(setAside).not.toHaveBeenCalled();
    });

    it('when setting aside does not end, then what was refused is unsent', async () => {
      const refused = [a1].map((entry) => ({ entry, refusal: BUSY }));
      const send = jest.fn(() => Promise.resolve(refused));

      expect(await within50ms([a1, b1, a2, a3], { send, setAside: never })).toEqual(new Set([a1, a2, a3]));
      expect(send).toHaveBeenCalledTimes(1);
    });
  });

  it('given any entries, refusals and limits, then keeps its promises', async () => {
    const anyEntry = fc.record({
      group: fc.constantFrom('a', 'b', 'c', 'd'),
      bytes: fc.integer({ min: 1, max: 12 }),
      isRefused: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    });
    const anyLimits = fc.record({
      maximumEntries: fc.integer({ min: 1, max: 5 }),
      maximumBytes: fc.integer({ min: 8, max: 30 }),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { maxLength: 30 }), anyLimits, async (entries, limits) => {
        const { batches, unsent } = await send(entries, limits);
        const attempted = batches.flat();

        for (const batch of batches) {
          const bytes = batch.reduce((sum, { bytes: size }) => sum + size, 0);

          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(limits.maximumEntries);
          expect(bytes <= limits.maximumBytes || batch.length === 1).toBe(true);
          expect(new Set(batch.map(({ group }) => group)).size).toBe(batch.length);
        }
        for (const [group, inOrder] of Map.groupBy(entries, (one) => one.group)) {
          const refusedAt = inOrder.findIndex(({ isRefused }) => isRefused);
          const expected = refusedAt < 0 ? inOrder : inOrder.slice(0, refusedAt + 1);
          const tried = attempted.filter((one) => one.group === group);

          // By identity: entries that look alike are not the same.
          expect(tried.length).toBe(expected.length);
          expect(tried.every((one, index) => one === expected[index])).toBe(true);
        }
        const sent = attempted.filter(({ isRefused }) => !isRefused);

        expect(sent.some((one) => unsent.has(one))).toBe(false);
        expect(new Set([...sent, ...unsent])).toEqual(new Set(entries));
        expect(sent.length + unsent.size).toBe(entries.length);
      }),
      { numRuns: 200, seed: 20_260_101 },
    );
  });
});
