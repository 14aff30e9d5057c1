const tsconfig = {
  module: 'commonjs',
  moduleResolution: 'bundler',
  target: 'es2024',
  esModuleInterop: true,
  experimentalDecorators: true,
  sourceMap: true,
};

/** Packages of ES modules only, which jest cannot load as they are. */
const ES_MODULES = 'basic-auth|jose|oauth2-mock-server';

/** Transpiles as the bundles are; `npm run lint` checks types. */
const transform = {
  '\\.ts$': [
    'ts-jest',
    {
      transpilation: true,
      tsconfig,
      diagnostics: false,
      astTransformers: { before: ['ts-nameof'] },
    },
  ],
  [`/node_modules/(?:${ES_MODULES})/.+\\.m?js$`]: [
    'ts-jest',
    { transpilation: true, tsconfig: { ...tsconfig, allowJs: true, sourceMap: false }, diagnostics: false },
  ],
};

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Some specs start engines of their own: more at once would be slower on a small machine.
  // One more than a small machine has cores: some specs mostly wait for their engines.
  maxWorkers: 3,
  // Not a measure of speed: engines start slowly on a busy machine.
  testTimeout: 30_000,
  roots: ['<rootDir>/src', '<rootDir>/ops', '<rootDir>/local', '<rootDir>/check', '<rootDir>/test'],
  // `npm run test:faults`, `test:orders` and `test:releases` run these: minutes, not seconds. The fixture's contract is read by the check,
  // and run by nobody.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/faults/',
    '<rootDir>/test/orders/every-',
    '<rootDir>/test/releases/',
    '<rootDir>/check/fixture/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/.aws-sam/'],
  // As webpack does.
  moduleNameMapper: { '^change-case$': '<rootDir>/src/event-store/events/change-case.ts' },
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(?:${ES_MODULES})/)`],
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/environment.ts'],
};
