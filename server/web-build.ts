import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefusedError } from './start-refused.ts';

/** What the build is made of, below the root of a checkout. */
const SOURCES = ['web', 'sdk/src', 'package-lock.json'] as const;
const LEFT_OUT = new Set(['node_modules', 'dist', 'test']);

/** Where the built faces of a checkout are. */
export const webFolder = (root: string) => join(root, 'web', 'dist');

/**
 * Builds the faces when there is no build, or when a source is younger than it. Takes some seconds then; else nothing.
 *
 * @throws StartRefusedError when the build fails
 */
export async function buildWebIfStale(root: string, say: (line: string) => void): Promise<void> {
  const stamp = join(webFolder(root), 'faces.json');
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : undefined;
  if (builtAt !== undefined && builtAt >= newestOf(SOURCES.map((source) => join(root, source)))) return;
  say(
    builtAt === undefined
      ? '  building the web faces'
      : '  building the web faces anew: their sources changed',
  );
  const { code, output } = await run(root);
  if (code !== 0) throw new StartRefusedError(`the web faces could not be built:\n${output}`);
}

/** In a process of its own: the bundler's memory goes back with it. */
function run(root: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'web', 'build.main.ts')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => parts.push(text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: parts.join('') }));
  });
}

/** The youngest change below the paths, in milliseconds since 1970. */
export function newestOf(paths: readonly string[]): number {
  return paths.reduce((newest, path) => Math.max(newest, youngest(path)), 0);
}

function youngest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return newestOf(
    readdirSync(path)
      .filter((name) => !LEFT_OUT.has(name))
      .map((name) => join(path, name)),
  );
}
