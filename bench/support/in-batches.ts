/** Works on batches of a list, so many at a time. */
export async function inBatches<T>(
  all: readonly T[],
  { size, atOnce }: { readonly size: number; readonly atOnce: number },
  work: (batch: readonly T[]) => Promise<unknown>,
): Promise<void> {
  let next = 0;

  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < all.length) {
        const batch = all.slice(next, next + size);

        next += size;
        await work(batch);
      }
    }),
  );
}
