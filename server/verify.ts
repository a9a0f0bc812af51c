import { createHash } from 'node:crypto';
import { wallClock } from '../platform/clock/index.ts';
import { openDatabase, type Queryable, readMigrations } from '../platform/db/index.ts';
import { createWorld, type World } from '../platform/world/index.ts';
import type { ServerConfig } from './config.ts';
import { openDatabases } from './databases.ts';
import { APP_ROLE } from './postroad.ts';
import { findRunningServer } from './run-file.ts';
import { ROOT } from './up.ts';
import type { Verification } from './verification.ts';
import { moduleVerifications } from './verifications.ts';
import { type Verified, verifyConsumers, verifyJobs, verifyOutbox, verifySchema } from './verify-store.ts';

export type VerificationResult = Verified & { readonly world: 'live' | 'test'; readonly check: string };

/** `postroad verify`: recomputes what must always hold, in both worlds. Answers 1 when anything is broken. */
export async function verify(config: ServerConfig, json: boolean): Promise<number> {
  const running = config.databaseUrl === undefined ? await findRunningServer(config.dataFolder) : undefined;
  const databases =
    running === undefined
      ? await openDatabases(config, () => undefined)
      : { ...running, stop: async () => undefined };
  try {
    const verifications = [...(await platformVerifications()), ...moduleVerifications(config)];
    const results: VerificationResult[] = [];
    for (const [name, url] of [
      ['live', databases.liveUrl],
      ['test', databases.testUrl],
    ] as const) {
      for (const result of await verifyWorld(name, url, verifications)) {
        results.push(result);
        process.stdout.write(json ? `${JSON.stringify(result)}\n` : lineOf(result));
      }
    }
    const broken = results.filter((result) => result.broken.length > 0);
    if (!json) {
      process.stdout.write(
        broken.length === 0
          ? `all ${results.length} checks hold\n`
          : `${broken.length} of ${results.length} checks found something broken\n`,
      );
    }
    return broken.length === 0 ? 0 : 1;
  } finally {
    await databases.stop();
  }
}

/** Runs all checks over one world. A check that cannot run counts as broken: silence must mean that it holds. */
export async function verifyWorld(
  name: 'live' | 'test',
  url: string,
  verifications: readonly Verification[],
): Promise<VerificationResult[]> {
  const database = openDatabase({
    url,
    role: APP_ROLE,
    maxConnections: 2,
    applicationName: 'postroad-verify',
  });
  try {
    const world = createWorld(name, database, wallClock);
    const results: VerificationResult[] = [];
    for (const verification of verifications) {
      const verified = await verification.run(world).catch((error: unknown) => ({
        checked: 0,
        broken: [`could not be checked: ${error instanceof Error ? error.message : String(error)}`],
      }));
      results.push({ world: name, check: verification.name, ...verified });
    }
    return results;
  } finally {
    await database.close();
  }
}

export async function platformVerifications(): Promise<readonly Verification[]> {
  const migrations = await readMigrations(ROOT);
  const reading =
    (check: (db: Queryable) => Promise<Verified>) =>
    (world: World): Promise<Verified> =>
      world.read('network', check);
  return [
    {
      name: 'schema is this program’s',
      run: reading((db) =>
        verifySchema(db, migrations, (migration) =>
          createHash('sha256').update(migration.text).digest('hex'),
        ),
      ),
    },
    { name: 'events are numbered once', run: reading(verifyOutbox) },
    { name: 'reactions keep up', run: reading(verifyConsumers) },
    { name: 'no job gave up', run: reading(verifyJobs) },
  ];
}

function lineOf(result: VerificationResult): string {
  const state = result.broken.length === 0 ? 'ok    ' : 'BROKEN';
  const head = `${result.world.padEnd(5)} ${state} ${result.check} (${result.checked} checked)\n`;
  return head + result.broken.map((line) => `             ${line}\n`).join('');
}
