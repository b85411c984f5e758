// Imports point one way: apps -> infra -> engine, apps -> domain -> engine. Paths are those of the sources: the
// aliases #engine, #domain and #infra are resolved in scripts/source-aliases.cjs.

const SPEC = '\\.spec\\.ts$';
const STORE_DRIVERS = '(^|/)node_modules/(better-sqlite3|mongodb|@eventstore|@kurrent)/';
const NEST =
  '(^|/)node_modules/(@nestjs|@fastify|fastify|rxjs|reflect-metadata|class-validator|class-transformer)/';
const STORES_AND_NETWORK =
  '^(node:)?(fs|fs/promises|net|tls|dgram|dns|http|https|http2|child_process|cluster|worker_threads|sqlite)$';
/** Packages without I/O, clock or randomness that the domain may compute with. */
const PURE_PACKAGES = '(^|/)node_modules/(pinyin-pro|libphonenumber-js|zod|uuid|canonicalize)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'engine-knows-no-other-library',
      comment: 'The engine knows nothing of customers, adapters or processes.',
      severity: 'error',
      from: { path: '^libs/engine/', pathNot: SPEC },
      to: { path: '^(libs/(?!engine/)|apps/|bench/)' },
    },
    {
      name: 'engine-is-no-framework',
      comment: 'The engine is plain TypeScript: no Nest, no HTTP server.',
      severity: 'error',
      from: { path: '^libs/engine/', pathNot: SPEC },
      to: { path: NEST },
    },
    {
      name: 'engine-touches-no-store',
      comment: 'Stores, files and the network stand behind the ports; their adapters are in libs/infra.',
      severity: 'error',
      from: { path: '^libs/engine/', pathNot: SPEC },
      to: { path: `${STORE_DRIVERS}|${STORES_AND_NETWORK}` },
    },
    {
      name: 'infra-knows-no-domain',
      comment: 'Adapters serve the ports of the engine, whatever the records are about.',
      severity: 'error',
      from: { path: '^libs/infra/', pathNot: SPEC },
      to: { path: '^libs/domain/' },
    },
    {
      name: 'domain-knows-only-the-engine',
      comment: 'Rules decide; what they need is passed in.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: SPEC },
      to: { path: '^libs/(?!(domain|engine)/)' },
    },
    {
      name: 'domain-does-no-io',
      comment: 'No Node module: no files, no network, no clock, no randomness.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: SPEC },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-uses-pure-packages',
      comment: 'No Nest, no driver. A package that only computes may be added to PURE_PACKAGES.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: SPEC },
      to: { path: '(^|/)node_modules/', pathNot: PURE_PACKAGES },
    },
    {
      name: 'nothing-imports-an-app',
      comment: 'Apps stand at the top. What two of them share belongs into a library.',
      severity: 'error',
      from: { path: '^(apps/[^/]+|libs|bench)/', pathNot: `${SPEC}|^apps/cli/` },
      to: { path: '^apps/', pathNot: '^$1/' },
    },
    {
      name: 'cli-enters-the-api-by-its-doors',
      comment: 'The demo starts the API, and the operator asks of a folder what he asks of a running API.',
      severity: 'error',
      from: { path: '^apps/cli/', pathNot: SPEC },
      to: { path: '^apps/(?!cli/)', pathNot: '^apps/api/src/(start|operator/operations)\\.ts$' },
    },
    {
      name: 'production-imports-no-test',
      comment: 'Builders, doubles and specs stay in the tests.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: SPEC },
      to: { path: `^(test|bench)/|${SPEC}` },
    },
    {
      name: 'production-needs-no-dev-package',
      comment: 'What runs in production is listed under dependencies.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'packages-are-declared',
      comment: 'A package that only another one brings along may be gone with its next version.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports and that imports nobody is left over.',
      severity: 'error',
      from: { orphan: true, pathNot: [SPEC, '^apps/[^/]+/src/(main|openapi)\\.ts$', '^bench/'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type imports count: a rule that names a type of a forbidden library depends on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: 'scripts/source-aliases.cjs' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
