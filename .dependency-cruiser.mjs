// The directions of docs/ARCHITECTURE.md, section 1. Run by test/architecture/dependencies.test.ts.
import { MODULE_ORDER } from './network/module-order.ts';

/** Tests and their fixtures may look anywhere; they still take no part in a cycle. */
const TESTS = ['[.](test|fixture)[.]tsx?$', '^test/', '^web/test/', '^bench/'];
const anyOf = (names) => `(${names.join('|')})`;

/** One rule a module: what stands above it in the list is out of reach, but for the schemas of its events. */
const upward = MODULE_ORDER.slice(0, -1).map((module, index) => ({
  name: `network-${module}-imports-only-lower-modules`,
  severity: 'error',
  from: { path: `^network/${module}/`, pathNot: TESTS },
  to: { path: `^network/${anyOf(MODULE_ORDER.slice(index + 1))}/`, pathNot: '/events[.]ts$' },
}));

const never = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [...TESTS, ...(from.pathNot ?? [])] },
  to,
});

export default {
  forbidden: [
    ...upward,
    never(
      'network-modules-are-listed',
      { path: `^network/(?!${anyOf(MODULE_ORDER)}/|module-order[.]ts$)` },
      {},
      'Every folder of network/ has its place in network/module-order.ts.',
    ),
    never(
      'network-modules-through-index',
      { path: '^network/([^/]+)/' },
      { path: '^network/', pathNot: ['^network/$1/', '^network/[^/]+/(index|events)[.]ts$'] },
    ),
    never(
      'others-through-index',
      { path: '^(platform|server|connectors)/' },
      { path: '^network/[^/]+/', pathNot: '/(index|events|connector-contract)[.]ts$' },
    ),
    never(
      'platform-knows-no-parcels',
      { path: '^platform/' },
      { path: '^(network/(?!kernel/)|server/|connectors/|sdk/|web/)' },
      'The kernel has no I/O and only words such as Instant and Outcome: platform/ may use those.',
    ),
    never('network-below-server', { path: '^network/' }, { path: '^(server|connectors|sdk|web)/' }),
    never(
      'kernel-without-io',
      { path: '^network/kernel/' },
      { path: '^(platform/|node:|fs$|net$|http$|child_process$)' },
    ),
    never(
      'connectors-know-contracts-only',
      { path: '^connectors/' },
      {
        path: '^(network/(?!kernel/|(tracking|shipments|polling)/connector-contract[.]ts$)|platform/(?!csv/)|server/|sdk/)',
      },
      'A payload is read without a server: connectors know words and pure rules, no database and no HTTP.',
    ),
    never(
      'a-connector-knows-no-other',
      { path: '^connectors/([^/]+)/' },
      { path: '^connectors/', pathNot: ['^connectors/$1/', '^connectors/(reading|pulling)/'] },
      'What several need stands in connectors/reading and pulling; only the lists beside the folders know them all.',
    ),
    never('sdk-stands-alone', { path: '^sdk/' }, { path: '^(network|platform|server|connectors|web)/' }),
    never(
      'web-is-a-plain-client',
      { path: '^web/' },
      { path: '^(network|platform|server|connectors|simulation|sdk/src/cli)/' },
      'The web knows the SDK and nothing else of ours.',
    ),
    never(
      'a-face-knows-no-other-face',
      { path: '^web/src/([^/]+)/' },
      {
        path: '^web/src/(?!ground/|kit/|look/|words/|field/|office/|outlets/|parcels/|rulebooks/|sources/|verifications/|external/|returns-desk/|parties/|$1/)[^/]+/',
      },
      'The ground and the kit know none.',
    ),
    never(
      'ground-and-kit-know-no-business',
      { path: '^web/src/(ground|kit|look|words)/' },
      {
        path: '^web/src/(office|outlets|parcels|rulebooks|sources|verifications|external|returns-desk|parties|field)/',
      },
    ),
    never('server-is-the-top', { path: '^server/' }, { path: '^(sdk|web|test|bench|simulation)/' }),
    never(
      'simulation-lives-on-the-api',
      { path: '^simulation/' },
      { path: '^(network|platform|server|connectors|web)/' },
      'A world and its checker that knew the rules from inside would prove nothing: sdk/ is all they have.',
    ),
    never(
      'nobody-needs-the-simulation',
      { path: '^(network|platform|connectors|sdk)/' },
      { path: '^simulation/' },
    ),
    never('nothing-imports-tests', { path: '.' }, { path: ['[.](test|fixture)[.]ts$', '^test/', '^bench/'] }),
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-missing',
      severity: 'error',
      from: {},
      // An address in a package with an export map, which Vite resolves.
      to: { couldNotResolve: true, pathNot: '[.]wasm[?]url$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^test/architecture/planted/', '^web/dist', '[.]data[.]json$'] },
    // Imports of types are imports as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['postroad-source', 'import', 'node', 'default', 'types'],
    },
  },
};
