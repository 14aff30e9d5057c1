/**
 * Dependencies point one way: kernel <- event-store <- iam <- application container <- Lambda entry files.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const kernel = '^src/app/(configuration|errors|logging|validation)/';
const entries = '^src/(app/functions|[^/]+/[^/]+/controllers)/';
const ops = '^src/app/ops/';
const engine = '^src/event-store/';
const specs = '\\.spec\\.ts$';
const contexts = '^src/(?!app/|event-store/)';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two modules that need each other are one module, or lack a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-is-the-bottom',
      severity: 'error',
      comment: 'Errors, validation, configuration and logging are below the engine: everyone may use them.',
      from: { path: kernel, pathNot: specs },
      to: { path: '^src/', pathNot: kernel },
    },
    {
      name: 'engine-knows-no-domain',
      severity: 'error',
      comment: 'A new bounded context touches nothing in the engine.',
      from: { path: engine },
      to: { path: '^src/', pathNot: [engine, kernel] },
    },
    {
      name: 'contexts-do-not-wire',
      severity: 'error',
      comment: 'A context is used by the container; only its Lambda entry files use the container.',
      from: { path: contexts, pathNot: [entries, specs] },
      to: { path: '^src/app/', pathNot: kernel },
    },
    {
      name: 'nobody-imports-an-entry',
      severity: 'error',
      comment: 'Lambda entry files wire; what they call is tested without them.',
      from: { path: '^src/', pathNot: specs },
      to: { path: entries },
    },
    {
      name: 'only-entries-use-the-container',
      severity: 'error',
      comment: 'Everyone else gets what they need through their constructor.',
      from: { path: '^src/', pathNot: [entries, `${ops}operator`, specs] },
      to: { path: '^src/app/application-container' },
    },
    {
      name: 'nobody-imports-the-tools',
      severity: 'error',
      comment: "The operator's tools run on the operator's machine: they are in no bundle.",
      from: { path: '^src/', pathNot: ops },
      to: { path: ops },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Models, events and projections do no I/O and know no framework.',
      from: { path: '^src/[^/]+/[^/]+/(models|events|projections)/', pathNot: specs },
      to: { path: ['node_modules/(@aws-sdk|@aws-lambda-powertools|inversify)/', '^src/app/(configuration|logging)/'] },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      comment: 'What is deployed does not know how it is run on a laptop, measured or tested.',
      from: { path: '^src/', pathNot: specs },
      to: { path: '^(local|check|bench|test)/' },
    },
    {
      name: 'local-knows-only-the-template',
      severity: 'error',
      comment: 'The local cloud knows this project by its template and its bundles alone.',
      from: { path: '^local/' },
      to: { path: '^(src|check|bench|test)/' },
    },
    {
      name: 'check-reads-and-runs-nothing',
      severity: 'error',
      comment: "The check of the wiring knows the sources as texts, and the template by the local cloud's reader.",
      from: { path: '^check/' },
      to: { path: '^(src|ops|bench|test|local)/', pathNot: '^local/template/' },
    },
    {
      name: 'no-development-dependency-in-a-bundle',
      severity: 'error',
      comment: 'What a Lambda imports is a dependency.',
      from: { path: '^src/', pathNot: [ops, specs] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.aws-sam|bench/\\.build)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};
