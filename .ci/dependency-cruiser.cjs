/**
 * Dependencies point one way: kernel <- event-store <- app <- contexts <- contexts.ts <- functions.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const kernel = '^src/shared-kernel/';
const engine = '^src/event-store/';
const app = '^src/app/';
const contexts = '^src/(?!shared-kernel/|event-store/|app/|functions/)[^/]+/';
const edge = '^src/[^/]+/[^/]+/(controllers|dtos)/';
const entries = '^src/(functions|[^/]+/[^/]+/controllers)/';
/** A context's tests of its own lie in its `test` folder. */
const specs = ['\\.spec\\.ts$', '^src/[^/]+/test/'];

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
      comment: 'Errors, validation, configuration and the port of the log stand on nothing: neither HTTP nor AWS.',
      from: { path: kernel, pathNot: specs },
      to: { pathNot: [kernel, 'node_modules/class-validator/'] },
    },
    {
      name: 'engine-stands-on-the-kernel',
      severity: 'error',
      comment: 'The engine knows no domain and no application: it could be lifted out.',
      from: { path: engine, pathNot: specs },
      to: { path: '^(src|ops|local|bench|test)/', pathNot: [engine, kernel] },
    },
    {
      name: 'app-knows-no-context',
      severity: 'error',
      comment: 'The container loads the modules that it is given: a new context touches nothing here.',
      from: { path: app, pathNot: specs },
      to: { path: '^src/', pathNot: [app, engine, kernel] },
    },
    {
      name: 'contexts-stand-apart',
      severity: 'error',
      comment:
        'What a context has to know of another comes as an event: a mistake in one stops no function of another.',
      from: { path: '^src/(?!shared-kernel/|event-store/|app/|functions/)([^/]+)/' },
      to: { path: contexts, pathNot: '^src/$1/' },
    },
    {
      name: 'domain-knows-no-edge',
      severity: 'error',
      comment: 'Of the application, a context uses its module; only controllers and DTOs know HTTP and the container.',
      from: { path: contexts, pathNot: [edge, '\\.module\\.ts$', ...specs] },
      to: { path: app },
    },
    {
      name: 'nobody-imports-an-entry',
      severity: 'error',
      comment: 'Lambda entry files wire; what they call is tested without them.',
      from: { path: '^src/', pathNot: specs },
      to: { path: entries },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Models, events and projections do no I/O and know no framework.',
      from: { path: '^src/[^/]+/[^/]+/(models|events|projections)/', pathNot: specs },
      to: {
        path: [
          'node_modules/(@aws-sdk|@aws-lambda-powertools|inversify)/',
          '^src/shared-kernel/(configuration|logging)/',
        ],
      },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      comment: 'What is deployed does not know how it is operated, run on a laptop, measured or tested.',
      from: { path: '^src/', pathNot: specs },
      to: { path: ['^(ops|local|check|bench|test)/', '^src/[^/]+/test/'] },
    },
    {
      name: 'engine-tests-know-no-domain',
      severity: 'error',
      comment:
        'Tests and benchmarks of the engine have a bank of their own in test/support: they stay when an example goes. Those of the ' +
        'product know its contexts by src/contexts.ts, its template and its API.',
      from: { path: ['^(ops|check|test|bench)/', '^src/(shared-kernel|event-store|app)/'] },
      to: { path: contexts },
    },
    {
      name: 'local-knows-only-the-template',
      severity: 'error',
      comment: 'The local cloud knows this project by its template and its bundles.',
      from: { path: '^local/' },
      to: { path: '^(src|ops|check|bench|test)/' },
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
      from: { path: '^src/', pathNot: specs },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The fixture of the check is no part of this project.
    exclude: { path: '^(\\.aws-sam|bench/\\.build|check/fixture)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};
