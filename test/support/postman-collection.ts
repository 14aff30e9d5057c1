import { run } from './local-cloud';

/** Runs the whole Postman collection, and expects each of its tests to pass. */
export async function passesPostmanCollection(variables: Readonly<Record<string, string>>): Promise<void> {
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const { code, stderr } = await run('test/deploy/run-collection.mts', assignments);

  if (code !== 0) throw new Error(`The Postman collection fails:\n${stderr}`);
}
