// Builds the faces into web/dist: one page for each face, each file compressed beforehand, sizes printed and judged.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { closureOf, type Manifest, overBudget, pageOf, type Size, sizeOf } from './pages.ts';
import { FACES } from './src/faces.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TARGET = join(HERE, 'dist');
// Beside the old one until it is whole: a server may be serving that, another build may be running.
const DIST = join(HERE, `dist-${process.pid}`);

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
const sizes = writePages(manifest, compressed);
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
    if (!entry.isFile() || !/\.(m?js|css|svg|json|topojson)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
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
  const all = FACES.map(({ id }) => {
    const closure = closureOf(files, ['index.html', `src/${id}/face.tsx`]);
    writeFileSync(join(DIST, 'pages', `${id}.html`), pageOf(template, closure));
    return sizeOf(id, closure, bytes);
  });
  writeFileSync(join(DIST, 'faces.json'), `${JSON.stringify(FACES)}\n`);
  return all;
}
