import { isEmpty, type Item, type Lanes } from './state';

/** How many items of each lane. */
export type Extent = Readonly<Record<string, number>>;

export function put(lanes: Lanes, lane: string, item: Item): Lanes {
  return { ...lanes, [lane]: [...(lanes[lane] ?? []), item] };
}

/** Puts others in the place of a lane's first items; a lane without any is gone. */
export function replaceFirst(lanes: Lanes, lane: string, count: number, others: readonly Item[]): Lanes {
  const items = [...others, ...(lanes[lane] ?? []).slice(count)];

  return items.length > 0 ? { ...lanes, [lane]: items } : without(lanes, lane);
}

/** Those items, lane by lane. */
export function itemsOf(lanes: Lanes, extent: Extent): { readonly lane: string; readonly item: Item }[] {
  return Object.keys(extent)
    .sort()
    .flatMap((lane) => (lanes[lane] ?? []).slice(0, extent[lane]).map((item) => ({ lane, item })));
}

/** Every way to take a batch: the first few of some lanes, never more than `most`. */
export function extentsOf(lanes: Lanes, isFree: (lane: string) => boolean, most: number): Extent[] {
  const free = Object.keys(lanes).filter(isFree).sort();
  const add = (extents: readonly Extent[], lane: string): Extent[] =>
    extents.flatMap((extent) => {
      const room = most - Object.values(extent).reduce((sum, count) => sum + count, 0);
      const counts = Array.from({ length: Math.min(room, lanes[lane]!.length) + 1 }, (_, count) => count);

      return counts.map((count) => (count === 0 ? extent : { ...extent, [lane]: count }));
    });

  return free
    .reduce(add, [{}])
    .filter((extent) => !isEmpty(extent))
    .reverse();
}

export function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
