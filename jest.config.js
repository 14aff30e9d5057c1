/** Transpiles as the bundles are; `npm run lint` checks types. */
const transform = {
  '\\.ts$': [
    'ts-jest',
    {
      transpilation: true,
      tsconfig: {
        module: 'commonjs',
        moduleResolution: 'bundler',
        target: 'es2024',
        esModuleInterop: true,
        experimentalDecorators: true,
        sourceMap: true,
      },
      diagnostics: false,
      astTransformers: { before: ['ts-nameof'] },
    },
  ],
};

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Some specs start engines of their own: more at once would be slower on a small machine.
  maxWorkers: 2,
  // Not a measure of speed: engines start slowly on a busy machine.
  testTimeout: 30_000,
  roots: ['<rootDir>/src', '<rootDir>/local', '<rootDir>/test'],
  // `npm run test:faults` runs them: minutes, not seconds.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/faults/'],
  modulePathIgnorePatterns: ['<rootDir>/.aws-sam/'],
  // As webpack does.
  moduleNameMapper: { '^change-case$': '<rootDir>/src/event-store/events/change-case.ts' },
  transform,
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/environment.ts'],
};
