import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { readText } from './cluster-files.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { writeOwned } from './owned-files.ts';

/** The superuser that initdb makes. Its random password is the only way in; it never leaves the data folder. */
export const SUPERUSER = 'postroad';

const PASSWORD_FILE = 'password';

/** Reads the kept password, or makes one (192 random bits) where none is kept yet. */
export function ensurePassword(home: string, clusterStands: boolean): string {
  const file = path.join(home, PASSWORD_FILE);
  const kept = readText(file)?.trim();
  if (kept !== undefined && kept !== '') return kept;
  if (clusterStands) {
    throw new EmbeddedPostgresError(
      `${file} is missing or empty: without it the database beside it cannot be opened`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeOwned(file, `${password}\n`);
  return password;
}

/** Where a server listens: on loopback, and by a socket file where it can have one. */
export type ServerAddress = { readonly port: number; readonly socketFolder: string | undefined };

/** The address of one database, for any PostgreSQL client: by the socket file where there is one. */
export function makeUrl({ port, socketFolder }: ServerAddress, password: string, database: string): string {
  const url = new URL(`postgres://${SUPERUSER}@127.0.0.1:${port}`);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  // sslmode is named because PGSSLMODE of a shell would otherwise ask for TLS, which loopback does not offer.
  url.searchParams.set('sslmode', 'disable');
  // Overrides the host before it (libpq, pg); the host stays, because an address without one is no URL.
  if (socketFolder !== undefined) url.searchParams.set('host', socketFolder);
  return url.href;
}

/** Whether the server answers to our password within five seconds and is the launch that we look for. */
export async function isHealthy(
  address: ServerAddress,
  password: string,
  clusterName: string,
): Promise<boolean> {
  const client = new pg.Client({
    connectionString: makeUrl(address, password, 'postgres'),
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
    // Not empty, so that PGOPTIONS of a shell is not taken.
    options: '-c timezone=UTC',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(`select current_setting('cluster_name') as name`);
    return rows[0]?.name === clusterName;
  } catch {
    return false;
  } finally {
    await Promise.race([
      client.end().catch(() => undefined),
      new Promise((done) => setTimeout(done, 1000).unref()),
    ]);
  }
}
