import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate, readMigrations } from '../../platform/db/index.ts';

/** The migrated database that every test file clones. */
export const TEMPLATE = 'postroad_template';
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Makes the template anew, so that a changed migration is never missed. */
export async function prepareTemplate(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
    await admin.query(`create database ${TEMPLATE}`);
  } finally {
    await admin.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.toString(), await readMigrations(ROOT));
}

/** Number of the newest migration, as the server asks for it. */
export async function schemaVersion(): Promise<number> {
  return (await readMigrations(ROOT)).at(-1)?.number ?? 0;
}
