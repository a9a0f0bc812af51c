import { statfs } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { sql } from '../platform/db/index.ts';
import type { Metrics } from '../platform/telemetry/index.ts';
import type { World } from '../platform/world/index.ts';

const MAX_OUTBOX_AGE_SECONDS = 300;
const MIN_FREE_BYTES = 200 * 1024 * 1024;

export type HealthOptions = {
  readonly worlds: { readonly live: World; readonly test: World };
  readonly metrics: Metrics;
  readonly schemaVersion: number;
  readonly dataFolder: string;
  readonly gauges: () => Promise<void>;
};

/** `/livez` the process answers; `/readyz` database, schema version, outbox age and disk are fit; `/metrics`. */
export function registerHealth(http: FastifyInstance, options: HealthOptions): void {
  http.get('/livez', async (_request, reply) => reply.type('application/json').send('{"status":"ok"}'));
  http.get('/readyz', async (_request, reply) => {
    const checks = await readinessOf(options);
    const ready = Object.values(checks).every((check) => check === 'ok');
    if (!ready) reply.header('retry-after', '5');
    return reply
      .code(ready ? 200 : 503)
      .type('application/json')
      .send(JSON.stringify({ status: ready ? 'ok' : 'not_ready', checks }));
  });
  http.get('/metrics', async (_request, reply) => {
    await options.gauges().catch(() => undefined);
    return reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics());
  });
}

async function readinessOf(options: HealthOptions): Promise<Record<string, string>> {
  const checks: Record<string, string> = {};
  try {
    const version = await options.worlds.live.read('network', (db) =>
      db.row<{ number: number }>(sql`select max(number) as number from platform.schema_migration`),
    );
    checks.database = 'ok';
    checks.schema =
      version.number === options.schemaVersion
        ? 'ok'
        : `at ${version.number}, this program needs ${options.schemaVersion}`;
    await options.gauges();
    const ages = (await options.metrics.outboxAgeSeconds.get()).values.filter(
      (value) => value.labels.world === 'live',
    );
    const age = Math.max(0, ...ages.map((value) => value.value));
    checks.outbox = age <= MAX_OUTBOX_AGE_SECONDS ? 'ok' : `the oldest event waits for ${Math.round(age)} s`;
  } catch {
    checks.database = 'unreachable';
  }
  const disk = await statfs(options.dataFolder);
  checks.disk = disk.bavail * disk.bsize >= MIN_FREE_BYTES ? 'ok' : 'less than 200 MiB free';
  return checks;
}
