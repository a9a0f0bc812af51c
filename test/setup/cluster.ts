import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres, THROWAWAY_SETTINGS } from '../../platform/postgres/index.ts';
import { prepareTemplate } from './template.ts';

/**
 * Gives the integration tests a cluster of their own: the server that POSTROAD_TEST_DATABASE_URL names (a superuser's
 * address; CI names Debian's PostgreSQL 15), else an embedded one in a fresh folder that is removed at the end.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env.POSTROAD_TEST_DATABASE_URL;
  const cluster =
    named === undefined || named === '' ? await startThrowaway() : { adminUrl: named, end: async () => {} };
  try {
    await prepareTemplate(cluster.adminUrl);
  } catch (error) {
    await cluster.end();
    throw error;
  }
  project.provide('adminUrl', cluster.adminUrl);
  return cluster.end;
}

async function startThrowaway(): Promise<{ adminUrl: string; end: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postroad-test-'));
  // mkdtemp makes it 0700; as root the server runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  const notes: string[] = [];
  const log = (message: string) => notes.push(message);
  const removeAll = (home: string) => {
    for (const place of [home, folder]) rmSync(place, { recursive: true, force: true });
  };
  try {
    const dataFolder = path.join(folder, 'postgres');
    const server = await startEmbeddedPostgres({ dataFolder, settings: THROWAWAY_SETTINGS, log });
    const end = async () => {
      await server.stop();
      removeAll(server.home);
    };
    return { adminUrl: server.url('postgres'), end };
  } catch (cause) {
    removeAll(folder);
    throw new Error(`the test cluster did not start; its notes: ${notes.join('; ')}`, { cause });
  }
}
