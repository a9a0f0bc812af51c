import type { ServerConfig } from './config.ts';
import { migrateBoth, openDatabases } from './databases.ts';
import { findRunningServer } from './run-file.ts';
import { StartRefusedError } from './start-refused.ts';
import { ROOT } from './up.ts';

/** `postroad migrate`: both worlds to this program's schema. Answers the exit code. */
export async function migrateWorlds(config: ServerConfig, json: boolean): Promise<number> {
  const running = config.databaseUrl === undefined ? await findRunningServer(config.dataFolder) : undefined;
  if (running !== undefined) {
    throw new StartRefusedError(
      `a server (process ${running.processId}) runs on ${config.dataFolder}; it migrated at its start. Stop it, start the newer one`,
    );
  }
  const databases = await openDatabases(config, (line) => {
    if (!json) process.stdout.write(`  ${line}\n`);
  });
  try {
    const { live, test } = await migrateBoth(databases, ROOT);
    for (const [world, report] of [['live', live] as const, ['test', test] as const]) {
      process.stdout.write(
        json
          ? `${JSON.stringify({ world, schema_version: report.version, applied: report.applied })}\n`
          : `${world.padEnd(5)} schema ${report.version}, applied ${report.applied.length === 0 ? 'nothing: it was up to date' : report.applied.join(', ')}\n`,
      );
    }
    return 0;
  } finally {
    await databases.stop();
  }
}
