// Builds the faces into web/dist: one page for each face, each file compressed beforehand, sizes printed and judged.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, defaultServerConditions } from 'vite';
import {
  closureOf,
  type Manifest,
  overBudget,
  pageOf,
  reachOf,
  type Size,
  sizeOf,
  workerOf,
} from './pages.ts';
import { FACES, type Face } from './src/faces.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TARGET = join(HERE, 'dist');
// Beside the old one until it is whole: a server may be serving that, another build may be running.
const DIST = join(HERE, `dist-${process.pid}`);

/** What Vite's manifest does not tell: the scanner's worker and its WebAssembly. */
const SCANNER = /^(decode\.worker-.*\.js|zxing_reader-.*\.wasm)$/;

/** Above this a file is none of a first load, and the highest quality takes seconds. */
const BEST_QUALITY_BYTES = 350_000;

// A test run that starts us says NODE_ENV=test, and React would come with its development half.
process.env.NODE_ENV = 'production';
await build({
  configFile: join(HERE, 'vite.config.ts'),
  logLevel: 'warn',
  mode: 'production',
  build: { outDir: DIST },
});
const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Manifest;
const compressed = compressAll(DIST);
// What the server says itself, where a browser runs no scripts.
await build({
  configFile: false,
  root: HERE,
  publicDir: false,
  logLevel: 'warn',
  mode: 'production',
  resolve: { conditions: ['postroad-source', ...defaultServerConditions] },
  ssr: { noExternal: true },
  build: { ssr: 'src/buyer/plain.ts', outDir: join(DIST, 'plain'), target: 'node20' },
});
const sizes = writePages(manifest, compressed);
writeWorker(manifest);
for (const { face, scriptBytes, styleBytes } of sizes)
  process.stdout.write(
    `  ${face.padEnd(12)} script ${(scriptBytes / 1000).toFixed(1).padStart(6)} kB, style ${(styleBytes / 1000).toFixed(1).padStart(5)} kB (brotli)\n`,
  );
const excess = overBudget(sizes);
for (const line of excess) process.stderr.write(`${line}\n`);
if (excess.length === 0) putInPlace();
else rmSync(DIST, { recursive: true });
process.exitCode = excess.length > 0 ? 1 : 0;

function putInPlace(): void {
  const old = `${DIST}-old`;
  if (existsSync(TARGET)) renameSync(TARGET, old);
  renameSync(DIST, TARGET);
  rmSync(old, { recursive: true, force: true });
}

/** Writes `.br` and `.gz` beside each text file; answers the brotli size by path. */
function compressAll(folder: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  for (const entry of files) {
    if (!entry.isFile() || !/\.(m?js|css|svg|json|topojson|wasm)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const quality = bytes.length > BEST_QUALITY_BYTES ? 9 : constants.BROTLI_MAX_QUALITY;
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    sizes.set(path.slice(folder.length + 1), brotli.length);
  }
  return sizes;
}

function writePages(files: Manifest, bytes: ReadonlyMap<string, number>): Size[] {
  const template = readFileSync(join(DIST, 'index.html'), 'utf8');
  rmSync(join(DIST, 'index.html'));
  mkdirSync(join(DIST, 'pages'));
  const all = (FACES as readonly Face[]).map(({ id, isField, isStaff, early }) => {
    const closure = closureOf(files, ['index.html', `src/${id}/face.tsx`]);
    const view = firstViewOf(isStaff ? 'staff' : id);
    const page = pageOf(template, closure, {
      ...(isField ? { manifest: `${id}.webmanifest` } : {}),
      ...(early === undefined ? {} : { early }),
      ...(view === undefined ? {} : { firstView: view }),
    });
    writeFileSync(join(DIST, 'pages', `${id}.html`), page);
    return sizeOf(id, closure, bytes);
  });
  writeFileSync(join(DIST, 'faces.json'), `${JSON.stringify(FACES)}\n`);
  return all;
}

/** What a page shows until its scripts have drawn the real thing; not every face has one. */
function firstViewOf(name: string): string | undefined {
  const file = join(HERE, 'first-view', `${name}.html`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

function writeWorker(files: Manifest): void {
  const fields = (FACES as readonly Face[]).filter((face) => face.isField);
  const scanner = readdirSync(join(DIST, 'assets')).filter((name) => SCANNER.test(name));
  if (scanner.length < 2) throw new Error(`the scanner is not in the build: ${scanner.join(', ')}`);
  const kept = [
    ...new Set([
      ...fields.flatMap(({ id }) => reachOf(files, `src/${id}/face.tsx`)),
      ...scanner.map((name) => `assets/${name}`),
    ]),
  ].sort();
  const target = join(DIST, 'field-worker.js');
  const pages = fields.map(({ id }) => readFileSync(join(DIST, 'pages', `${id}.html`), 'utf8'));
  const version = createHash('sha256')
    .update(JSON.stringify([kept, pages]))
    .digest('hex')
    .slice(0, 12);
  const lists = { pages: fields.map(({ id }) => `/${id}`), files: kept };
  writeFileSync(target, workerOf(readFileSync(join(HERE, 'field-worker.js'), 'utf8'), lists, version));
}
