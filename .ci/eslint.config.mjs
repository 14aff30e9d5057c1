import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['bench/.build/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  prettier,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/..` },
    },
    rules: {
      // Decorated classes and aggregates' factories have no instance members of their own.
      '@typescript-eslint/no-extraneous-class': 'off',
      // Events and projection rows are stored and read as plain data, for which their classes are the types.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Numbers and versions in messages are fine.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'max-params': ['error', 4],
      complexity: ['error', 10],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/shared-kernel/configuration/**', 'src/app/logging/**', '**/*.spec.ts', 'src/*/test/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read it by environment() of src/shared-kernel/configuration.' },
      ],
      // A call without an end outlives its function.
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name=/Client$/]:not([arguments.0.name=/^(KINESIS_)?CALL_LIMITS$/])',
          message: 'Give the client CALL_LIMITS of src/app/aws/call-limits.ts, and nothing else.',
        },
        {
          selector: 'CallExpression[callee.name="fetch"]:not(:has(Property[key.name="signal"]))',
          message: 'Give fetch a signal: AbortSignal.timeout().',
        },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'src/*/test/**/*.ts'],
    rules: {
      // The columns of a table of cases are parameters.
      'max-params': 'off',
      // Test bodies read aloud better with `!` on what the line before has asserted.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
