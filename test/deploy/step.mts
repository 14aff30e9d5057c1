/** Does one step of the test; tells how long it took and, by `describe`, what came of it. */
export async function step<T>(
  title: string,
  action: () => T | Promise<T>,
  describe?: (result: T) => string,
): Promise<T> {
  const start = performance.now();

  process.stdout.write(`${title} … `);
  try {
    const result = await action();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);

    console.log([...(describe ? [describe(result)] : []), `${seconds} s`].join(', '));
    return result;
  } catch (error) {
    console.log('failed');
    throw error;
  }
}
