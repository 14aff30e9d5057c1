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
  roots: ['<rootDir>/src', '<rootDir>/local', '<rootDir>/test'],
  modulePathIgnorePatterns: ['<rootDir>/.aws-sam/'],
  transform,
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/environment.ts'],
};
