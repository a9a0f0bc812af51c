import { chownSync, closeSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { readClusterVersion } from './cluster-files.ts';
import { SUPERUSER } from './credentials.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { makeFolder, openFresh, stands, syncFolder } from './owned-files.ts';
import type { Placement } from './placement.ts';
import { runProgram } from './run.ts';

/**
 * Makes the cluster when none stands. It is made under a draft name and renamed when whole, so a start that was
 * killed in the middle is simply repeated. Needs the folder lock.
 *
 * @returns whether it was made now
 */
export async function ensureCluster(options: {
  readonly placement: Placement;
  readonly binaries: Binaries;
  readonly password: string;
  readonly isDurable: boolean;
}): Promise<boolean> {
  const { placement, binaries } = options;
  if (stands(placement.clusterFolder)) {
    checkVersion(placement.clusterFolder, binaries.version);
    return false;
  }
  const draft = `${placement.clusterFolder}.draft`;
  const passwordFile = path.join(placement.home, 'password.initdb');
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  makeFolder(draft, 0o700);
  if (placement.account !== undefined) chownSync(draft, placement.account.uid, placement.account.gid);
  writePassword(passwordFile, options);
  try {
    const { exitCode, output } = await runProgram(
      binaries.initdb,
      initdbArguments(draft, passwordFile, options.isDurable),
      placement.account,
    );
    if (exitCode !== 0)
      throw new EmbeddedPostgresError(`initdb failed for ${placement.clusterFolder}: ${output}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, placement.clusterFolder);
  syncFolder(placement.home);
  return true;
}

function writePassword(
  file: string,
  { password, placement }: { password: string; placement: Placement },
): void {
  const descriptor = openFresh(file, placement.account);
  try {
    writeSync(descriptor, `${password}\n`);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * While PostgreSQL makes a file of its log and fills it with zeros, all commits wait. With its usual 16 MB they waited 60 ms, which
 * is what the slowest of a hundred scans felt (docs/performance.md). Our default.
 */
const LOG_FILE_MB = 4;

/**
 * The same cluster on every machine: PostgreSQL's own C.UTF-8 (manual 18, chapter 23.1.4) sorts by code point and
 * knows upper and lower case of all letters, and no library of the operating system has a say in it.
 */
function initdbArguments(folder: string, passwordFile: string, isDurable: boolean): string[] {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const log = `--wal-segsize=${LOG_FILE_MB}`;
  const rest = ['--data-checksums', '--text-search-config=simple', ...(isDurable ? [] : ['--no-sync'])];
  return ['-D', folder, ...locale, ...access, log, ...rest];
}

function checkVersion(clusterFolder: string, programVersion: string): void {
  const found = readClusterVersion(clusterFolder);
  const [major] = programVersion.split('.');
  if (found === major) return;
  const what = found === undefined ? 'is not a whole PostgreSQL cluster' : `was made by PostgreSQL ${found}`;
  const advice = 'restore a backup or start with the version that made it';
  throw new EmbeddedPostgresError(
    `${clusterFolder} ${what}, the programs here are ${programVersion}: ${advice}`,
  );
}
