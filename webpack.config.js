const path = require('node:path');
const AwsSamPlugin = require('aws-sam-webpack-plugin');
const TerserPlugin = require('terser-webpack-plugin');
const { IgnorePlugin } = require('webpack');
const { yamlDump, yamlParse } = require('yaml-cfn');
const nameof = require('ts-nameof').default ?? require('ts-nameof');
const { describeVersions } = require('./local/template/version-descriptions.ts');
const { writtenOut } = require('./local/template/written-out.ts');

// `sam local` hands a function no variable that the template does not declare. The SDK takes an empty one for none.
const LOCAL_ENDPOINTS = { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_KINESIS: '', AWS_ENDPOINT_URL_SQS: '' };

/**
 * The plugin, for runtimes that it does not list: it is shown the newest that it accepts, and the template that it
 * writes says what template.yaml says. It knows neither loops nor merge keys, and is shown what they make. Each function gets a
 * description of its version.
 */
class SamPlugin extends AwsSamPlugin {
  /** @param variables added to the environment of every function */
  constructor(options, variables) {
    super(options);
    this.variables = variables;
  }

  entryFor(projectKey, projectPath, templateName, template, outFile) {
    const runtime = /^ +Runtime: *(\S+)/m.exec(template)?.[1];
    const accepted = template.replace(/^( +Runtime:).*$/m, '$1 nodejs20.x');
    const plain = yamlDump(writtenOut(yamlParse(accepted)));
    const result = super.entryFor(projectKey, projectPath, templateName, plain, outFile);

    for (const { samConfig } of result.samConfigs) {
      samConfig.Globals.Function.Runtime = runtime;
      Object.assign(samConfig.Globals.Function.Environment.Variables, this.variables);
      describeVersions(samConfig);
    }
    return result;
  }
}

/** Compiles TypeScript as it is written; `npm run lint` checks types. */
const typescript = {
  test: /\.ts$/,
  loader: 'ts-loader',
  options: {
    transpileOnly: true,
    // Left to itself it takes the one that is next to the first file that it compiles.
    configFile: path.resolve('tsconfig.json'),
    compilerOptions: { noEmit: false, allowImportingTsExtensions: false, module: 'esnext' },
    getCustomTransformers: (program) => ({ before: [nameof(program)] }),
  },
};

/** What packages bring along and no function uses. */
const leaveOut = () => [
  // Lambda hands credentials over in the environment: the SDK's other ways to them are a third of a bundle.
  new IgnorePlugin({
    resourceRegExp:
      /^@aws-sdk\/credential-provider-(?:http|ini|login|process|sso|web-identity)$|^@smithy\/credential-provider-imds$/,
  }),
  // The SDK imports these (7 KB) when an operation answers with a stream of events: none that is used does.
  new IgnorePlugin({ resourceRegExp: /^@smithy\/core\/event-streams$/, contextRegExp: /[\\/]protocols$/ }),
];

/** Keeps what was compiled between builds. */
const cache = (name) => ({
  type: 'filesystem',
  name,
  cacheDirectory: path.resolve('.aws-sam/cache'),
  buildDependencies: { config: [__filename, path.resolve('tsconfig.json'), path.resolve('package-lock.json')] },
});

/** A program of this project that runs on the machine at hand, with the packages that Node finds from its `folder`. */
const program = (name, { entry, folder }) => ({
  mode: 'development',
  entry,
  output: { filename: `${name}.js`, path: path.resolve(folder) },
  target: 'node24',
  devtool: 'inline-cheap-module-source-map',
  resolve: { extensions: ['.ts', '.js'] },
  externals: /^[^./]/,
  externalsType: 'commonjs',
  module: { rules: [typescript] },
  cache: cache(name),
  stats: 'errors-only',
});

const functions = (_env, { mode = 'production' }) => {
  const development = mode === 'development';
  const samPlugin = new SamPlugin({ vscodeDebug: false }, development ? LOCAL_ENDPOINTS : {});

  return {
    mode,
    entry: samPlugin.entry(),
    output: { filename: '[name]/app.js', path: path.resolve('.aws-sam/build'), library: { type: 'commonjs2' } },
    target: 'node24',
    // Node reads the map as it loads the bundle. The sources are two thirds of it, and no stack trace needs them.
    devtool: development ? 'cheap-module-source-map' : 'nosources-source-map',
    // The ES2015 build of class-validator and class-transformer: 6 KB less than ES5, where each class is a function.
    resolve: {
      extensions: ['.ts', '.js'],
      mainFields: ['es2015', 'module', 'main'],
      alias: { 'change-case$': path.resolve('src/event-store/events/change-case.ts') },
    },
    module: {
      // A bundle is one file.
      parser: { javascript: { dynamicImportMode: 'eager' } },
      rules: [typescript],
    },
    optimization: {
      // As in production: by its side effects alone, webpack 5.112 leaves out modules that are used, and says nothing.
      usedExports: true,
      // Enrichment data and log lines carry the names of classes.
      minimizer: [new TerserPlugin({ extractComments: false, terserOptions: { keep_classnames: true } })],
    },
    cache: development && cache('functions'),
    stats: 'errors-warnings',
    plugins: [samPlugin, ...leaveOut()],
  };
};

const PROGRAMS = {
  ops: { entry: './ops/main.ts', folder: '.aws-sam/programs' },
  // bench/ has packages of its own.
  bench: { entry: './bench/main.ts', folder: 'bench/.build' },
};

/** The functions of template.yaml; with `--env program=NAME`, one of the programs. */
module.exports = (env, argv) => (env.program ? program(env.program, PROGRAMS[env.program]) : functions(env, argv));
