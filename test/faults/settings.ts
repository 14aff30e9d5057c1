/** What a run of the suite is to be, from the environment; main.mts sets it from flags and says what each means. */
export const settings = {
  seed: setting('FAULT_SEED', 1),
  seeds: setting('FAULT_SEEDS', 4),
  commands: setting('FAULT_COMMANDS', 80),
  rate: setting('FAULT_RATE', 0.1),
};

function setting(name: string, byDefault: number): number {
  return Number(process.env[name] ?? byDefault);
}
