import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SDK = join(import.meta.dirname, '..');
const TSC = join(SDK, '../node_modules/typescript-7/bin/tsc');
let dist: string;

beforeAll(() => {
  // Inside the package, so that its dependencies are found from there.
  mkdirSync(join(SDK, 'dist'), { recursive: true });
  dist = mkdtempSync(join(SDK, 'dist', 'test-'));
  execFileSync(process.execPath, [TSC, '-p', join(SDK, 'tsconfig.json'), '--outDir', dist], {
    stdio: 'pipe',
  });
}, 60_000);
afterAll(() => rmSync(dist, { recursive: true, force: true }));

/** The machine's own Node: what a user of the package has, not the one that npm brought for us. */
function machineNode(): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules') && !folder.includes('node-gyp-bin'))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

test('the package loads on the machine’s Node (20 or newer), and its types are there', () => {
  const node = machineNode() ?? process.execPath;
  const script = `import(${JSON.stringify(pathToFileURL(join(dist, 'index.js')).href)}).then(async (sdk) => {
    const client = sdk.createPostroadClient({ baseUrl: 'http://127.0.0.1:1', retries: 0 });
    const error = await client.post('/v1/organisations', { body: { name: 'x' } }).catch((e) => e);
    console.log(process.versions.node.split('.')[0] >= 20, Object.keys(sdk).sort().join(), error.name);
  })`;
  const run = spawnSync(node, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.stdout.trim()).toBe(
    'true PostroadConnectionError,PostroadProblem,WebhookVerificationError,createDeviceKey,createPostroadClient,deviceProof,eachItem,errorInFile,followEvents,lateEvents,newIdempotencyKey,partsOfLines,scanLines,textOfFile,verifyCodStatement,verifyPointStatement,verifyWebhook PostroadConnectionError',
  );
});

test('a TypeScript project compiles against its declarations, and a wrong path does not', () => {
  const compile = (name: string, text: string) => {
    const file = join(dist, `${name}.ts`);
    writeFileSync(file, text);
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ];
    return spawnSync(process.execPath, [TSC, ...flags, file], { encoding: 'utf8', cwd: SDK });
  };
  const head = `import { createPostroadClient } from './index.js';
    const client = createPostroadClient({ baseUrl: 'http://x' });\n`;
  const right = compile(
    'right',
    `${head}export const name: Promise<string> = client
      .get('/v1/organisations/{organisation_id}', { params: { path: { organisation_id: 'o' } } }).then((o) => o.name);
    for await (const key of client.listAll('/v1/api-keys')) key.id.trim();`,
  );
  expect(right.stdout).toBe('');
  for (const [name, text] of [
    ['path', `await client.get('/v1/nothing');`],
    ['missing', `await client.get('/v1/organisations/{organisation_id}');`],
    [
      'body',
      `await client.post('/v1/organisations', { body: { kind: 'planet', name: 'n', country: 'CN' } });`,
    ],
    ['list', `client.listAll('/v1/me');`],
  ] as const)
    expect(compile(name, head + text).stdout, name).toContain('error TS');
}, 60_000);

test('the built CLI runs there too', () => {
  const run = spawnSync(machineNode() ?? process.execPath, [join(dist, 'cli/main.js'), '--help'], {
    encoding: 'utf8',
  });
  expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining('number') });
});

/** Every module that the entry loads, with the packages it asks for. */
function walk(file: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(file)) return seen;
  const text = readFileSync(file, 'utf8');
  const names = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"=()]*?\bfrom\s*['"]([^'"]+)['"]/g),
    ...text.matchAll(/(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g),
  ].map((match) => match[1]!);
  names.push(
    ...[...text.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => match[1]!),
  );
  seen.set(file, names);
  for (const name of names) {
    if (name.startsWith('.')) walk(join(dirname(file), name), seen);
    else if (name === 'openapi-fetch') {
      const entry = createRequire(join(SDK, 'package.json')).resolve(name);
      walk(join(dirname(entry), 'index.mjs'), seen);
    }
  }
  return seen;
}

test('a browser can load the client: nothing of Node, one package', () => {
  const modules = walk(join(dist, 'index.js'));
  expect(modules.size).toBeGreaterThan(4);
  const packages = new Set([...modules.values()].flat().filter((name) => !name.startsWith('.')));
  expect([...packages]).toEqual(['openapi-fetch']);
  const own = [...modules.keys()].filter((file) => file.startsWith(dist));
  for (const file of own)
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/\b(process|Buffer|require|__dirname)\b\./);
});

test('the walk sees what it must: the CLI does ask for Node', () => {
  const packages = [...walk(join(dist, 'cli/main.js')).values()].flat();
  expect(packages.some((name) => name.startsWith('node:'))).toBe(true);
});
