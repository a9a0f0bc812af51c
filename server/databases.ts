import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type Migration, type MigrationReport, migrate, readMigrations } from '../platform/db/index.ts';
import { startEmbeddedPostgres } from '../platform/postgres/index.ts';
import { type ServerConfig, testDatabaseUrlOf } from './config.ts';
import { StartRefusedError } from './start-refused.ts';

/** The two worlds' databases, reachable and there; perhaps still without a schema. */
export type Databases = {
  readonly kind: 'embedded' | 'external';
  readonly liveUrl: string;
  readonly testUrl: string;
  /** What to call it in a message: no password. */
  readonly name: string;
  /** Ends what `openDatabases` started; nothing for an external server. */
  stop(): Promise<void>;
};

const LIVE_NAME = 'postroad';
const TEST_NAME = 'postroad_test';
/** Oldest PostgreSQL that we promise: docs/ARCHITECTURE.md, repeated by CI on Debian 12's version. */
const MIN_SERVER_VERSION = 150_000;

/**
 * Makes the data folder. As root it may be passed through (0711), so that the embedded PostgreSQL, which then runs as
 * another user, reaches its own folder in it; our files in it are 0600.
 */
export async function prepareDataFolder(folder: string): Promise<void> {
  const known = await stat(folder).catch(() => undefined);
  if (known === undefined) {
    await mkdir(folder, { recursive: true });
    await chmod(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
  } else if (!known.isDirectory()) {
    throw new StartRefusedError(
      `the data folder ${folder} is a file: choose another with POSTROAD_DATA or --data`,
    );
  }
}

export function embeddedFolderOf(config: ServerConfig): string {
  return join(config.dataFolder, 'postgres');
}

/** Starts the embedded server, or looks for the one that DATABASE_URL names; makes missing databases. */
export async function openDatabases(config: ServerConfig, say: (line: string) => void): Promise<Databases> {
  await prepareDataFolder(config.dataFolder);
  if (config.databaseUrl === undefined) {
    if (config.testDatabaseUrl !== undefined)
      throw new StartRefusedError('TEST_DATABASE_URL is given without DATABASE_URL: give both or none');
    return openEmbedded(config, say);
  }
  const liveUrl = config.databaseUrl;
  const testUrl = config.testDatabaseUrl ?? testDatabaseUrlOf(liveUrl);
  if (databaseOf(liveUrl) === databaseOf(testUrl) && new URL(liveUrl).host === new URL(testUrl).host)
    throw new StartRefusedError(
      'DATABASE_URL and TEST_DATABASE_URL name the same database: the worlds must be apart',
    );
  await assertVersion(liveUrl);
  await ensureExternal(testUrl, liveUrl, say);
  return { kind: 'external', liveUrl, testUrl, name: databaseOf(liveUrl), stop: async () => undefined };
}

async function openEmbedded(config: ServerConfig, say: (line: string) => void): Promise<Databases> {
  const server = await startEmbeddedPostgres({ dataFolder: embeddedFolderOf(config), log: say });
  try {
    await createMissing(server.url('postgres'), [LIVE_NAME, TEST_NAME]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    kind: 'embedded',
    liveUrl: server.url(LIVE_NAME),
    testUrl: server.url(TEST_NAME),
    name: LIVE_NAME,
    stop: () => server.stop(),
  };
}

async function createMissing(adminUrl: string, names: readonly string[]): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const known = await client.query('select datname from pg_database where datname = any($1)', [names]);
    const present = new Set(known.rows.map((row: { datname: string }) => row.datname));
    for (const name of names)
      if (!present.has(name)) await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

async function assertVersion(url: string): Promise<void> {
  const version = await serverVersion(url);
  if (version < MIN_SERVER_VERSION) {
    throw new StartRefusedError(
      `the database is PostgreSQL ${Math.floor(version / 10_000)}; Postroad needs 15 or newer`,
    );
  }
}

/** PostgreSQL's server_version_num, e.g. 150008. Throws StartRefusedError when the database is not there. */
export async function serverVersion(url: string): Promise<number> {
  try {
    return await withClient(url, async (client) => {
      const result = await client.query<{ version: string }>(
        `select current_setting('server_version_num') as version`,
      );
      return Number(result.rows[0]?.version);
    });
  } catch (error) {
    throw refusalOf(error, url);
  }
}

/** The test world's database: made when the live one's user may, else the sentence says what to type. */
async function ensureExternal(url: string, liveUrl: string, say: (line: string) => void): Promise<void> {
  const name = databaseOf(url);
  try {
    await assertVersion(url);
  } catch (error) {
    if (
      !(error instanceof StartRefusedError) ||
      (error.cause as { code?: unknown } | undefined)?.code !== '3D000'
    )
      throw error;
    try {
      await withClient(liveUrl, (client) => client.query(`create database ${client.escapeIdentifier(name)}`));
      say(`made the database ${name} for the test world`);
    } catch (cause) {
      const role = new URL(liveUrl).username;
      throw new StartRefusedError(
        `the test world needs the database ${name}, and ${role === '' ? 'this user' : role} may not make it (${(cause as Error).message}). ` +
          `Let an administrator run: createdb${role === '' ? '' : ` --owner=${role}`} ${name}. Or name another with TEST_DATABASE_URL`,
        { cause },
      );
    }
  }
}

function refusalOf(error: unknown, url: string): unknown {
  const code = (error as { code?: unknown }).code;
  if (code === '3D000')
    return new StartRefusedError(
      `the database ${databaseOf(url)} does not exist: make it with createdb ${databaseOf(url)}`,
      {
        cause: error,
      },
    );
  return error;
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres';
}

/** Brings both worlds to the schema of this program, at the same time. */
export async function migrateBoth(
  databases: Pick<Databases, 'liveUrl' | 'testUrl'>,
  root: string,
): Promise<{ live: MigrationReport; test: MigrationReport; migrations: readonly Migration[] }> {
  const migrations = await readMigrations(root);
  const [live, test] = await Promise.allSettled([
    migrate(databases.liveUrl, migrations),
    migrate(databases.testUrl, migrations),
  ]);
  // Both have ended before either failure is told: nobody may stop the server under a running migration.
  if (live.status === 'rejected') throw live.reason;
  if (test.status === 'rejected') throw test.reason;
  return { live: live.value, test: test.value, migrations };
}

export async function withClient<T>(url: string, body: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'postroad-start',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await body(client);
  } finally {
    await client.end();
  }
}
