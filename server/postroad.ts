import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import {
  createAccessControl,
  type Principal,
  type RelationFinder,
  type Worlds,
} from '../network/accounts/index.ts';
import { recordEffect } from '../network/audit/index.ts';
import { ledgerImbalance } from '../network/ledger/index.ts';
import { openFolderBlobStore } from '../platform/blobs/index.ts';
import { monotonicMs, openWorldClock, wallClock } from '../platform/clock/index.ts';
import { openDatabase } from '../platform/db/index.ts';
import { createHttpServer, createRateLimiter, type Route } from '../platform/http/index.ts';
import { countJobs, startJobRunner } from '../platform/jobs/index.ts';
import { outboxAgeSeconds, startRelay } from '../platform/outbox/index.ts';
import { createMetrics, errorFields, type Log, type Metrics } from '../platform/telemetry/index.ts';
import { createWorld, type Poller, type World } from '../platform/world/index.ts';
import type { ServerConfig } from './config.ts';
import { contractOf } from './contract.ts';
import { registerDocs } from './docs-pages.ts';
import { registerHealth } from './health.ts';
import { loadKeyRing } from './key-ring.ts';
import { beginYoung } from './memory.ts';
import type { Module, Worker } from './module.ts';
import type { Ports } from './ports.ts';
import { registerWeb } from './web-pages.ts';

export const APP_ROLE = 'postroad_app';

export type Postroad = {
  readonly worlds: Worlds;
  readonly modules: readonly Module[];
  readonly routes: readonly Route[];
  readonly openApi: Record<string, unknown>;
  readonly http: FastifyInstance;
  readonly metrics: Metrics;
  /** Whose each resource is, by kind: the access check reads it at every request. */
  readonly relations: Record<string, RelationFinder>;
  readonly ports: Ports;
  /** Waits until relay, due jobs and workers have nothing left to do; for tests and tools. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

export type PostroadOptions = {
  readonly config: ServerConfig;
  readonly liveUrl: string;
  readonly testUrl: string;
  readonly schemaVersion: number;
  readonly log: Log;
  /** The built web faces; undefined: the API alone. */
  readonly webFolder?: string;
};

/** Wires the program over two migrated databases. Does not listen yet. */
export async function createPostroad(options: PostroadOptions): Promise<Postroad> {
  beginYoung();
  const { config, log } = options;
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const { worlds, testClock } = await openWorlds(options);
  const metrics = createMetrics();
  const ports: Ports = {
    dataFolder: config.dataFolder,
    blobs: openFolderBlobStore(join(config.dataFolder, 'blobs')),
    log,
    keyRing: await loadKeyRing(config),
    testClock,
    worlds,
    webhookLoopback: config.webhookLoopback,
  };
  const { modules, catalogue, routes, discoveries, openApi } = contractOf(ports);
  const tags = new Map(routes.map((route) => [route.operation, route.tag]));
  const relations: Record<string, RelationFinder> = Object.assign(
    {},
    ...modules.map((module) => module.relations ?? {}),
  );
  const access = createAccessControl({
    worlds,
    relations,
    tagOf: (operation) => tags.get(operation) ?? '',
    monotonicMs,
  });
  const http = createHttpServer<Principal>({
    // A worker listens for its health only.
    ...(config.role === 'worker' ? { routes: [] } : { routes, discoveries }),
    access,
    catalogue,
    onEffect: recordEffect,
    limiter: createRateLimiter({ perMinute: config.ratePerMinute, burst: config.rateBurst }),
    trustedProxies: config.trustedProxies,
    publicHost: config.publicHost,
    streamLimits: { perCaller: config.streamsPerCaller, inAll: config.streamsInAll },
    onError: (error, operation, requestId) => {
      metrics.failures.inc({ place: operation });
      log.error('request failed', { operation, requestId, ...errorFields(error) });
    },
    onRequest: (done) => {
      metrics.requests.inc({ operation: done.operation, status: String(done.status) });
      metrics.requestSeconds.observe({ operation: done.operation }, done.durationMs / 1000);
      log.info('request', { ...done, durationMs: Math.round(done.durationMs * 10) / 10 });
    },
  });
  const both = [worlds.live, worlds.test];
  for (const module of modules) for (const world of both) await module.onStart?.(world);
  const works = config.role === 'api' ? [] : both.map((world) => startWork(world, modules, metrics, log));
  works.push(...both.map((world) => startFollowing(world, modules, metrics, log)));
  registerHealth(http, {
    worlds,
    metrics,
    schemaVersion: options.schemaVersion,
    dataFolder: config.dataFolder,
    gauges: () => readGauges(worlds, metrics),
  });
  if (config.role !== 'worker') {
    await registerDocs(http, openApi, catalogue);
    if (options.webFolder !== undefined) await registerWeb(http, options.webFolder, log);
  }

  return {
    worlds,
    modules,
    routes,
    openApi,
    http,
    metrics,
    relations,
    ports,
    settle: () => settle(works.flat()),
    stop: async () => {
      // A connection that was busy when the close began is idle afterwards, and would be kept for its keep-alive time.
      const sweep = setInterval(() => http.server.closeIdleConnections(), 50);
      await http.close().finally(() => clearInterval(sweep));
      await Promise.all(works.flat().map((part) => part.stop()));
      await Promise.all([worlds.live.database.close(), worlds.test.database.close()]);
    },
  };
}

async function openWorlds(options: PostroadOptions) {
  const liveDatabase = openDatabase({ url: options.liveUrl, role: APP_ROLE });
  const testDatabase = openDatabase({ url: options.testUrl, role: APP_ROLE, maxConnections: 5 });
  const testClock = await openWorldClock(testDatabase);
  const worlds = {
    live: createWorld('live', liveDatabase, wallClock),
    test: createWorld('test', testDatabase, testClock),
  };
  return { worlds, testClock };
}

/** Twice, because what one part ends may begin something in a part that was quiet already. */
async function settle(parts: readonly Poller[]): Promise<void> {
  for (let quiet = 0; quiet < 2; quiet += 1) {
    for (const part of parts) await part.idle();
  }
}

/** All that works by itself in one world: relay, jobs, workers. */
function startWork(world: World, modules: readonly Module[], metrics: Metrics, log: Log): readonly Poller[] {
  const failed = (kind: 'reaction' | 'job') => (name: string, error: unknown, dead: boolean) => {
    metrics.failures.inc({ place: `${kind}:${name}` });
    log.error(`${kind} failed`, { world: world.name, [kind]: name, dead, ...errorFields(error) });
  };
  const jobs = startJobRunner(
    world,
    modules.flatMap((module) => module.jobs ?? []),
    failed('job'),
  );
  const workers = startWorkers(
    world,
    modules.flatMap((module) => module.workers ?? []),
    metrics,
    log,
  );
  // Workers live on what reactions write.
  const relay = startRelay(
    world,
    modules.flatMap((module) => [
      ...(module.reactions ?? []),
      ...(world.name === 'live' ? (module.liveReactions ?? []) : []),
    ]),
    failed('reaction'),
    () => {
      for (const worker of workers) worker.wake();
    },
  );
  world.onCommit((left) => {
    if (left.events) relay.wake();
    if (left.dueJobs) jobs.wake();
  });
  return [relay, jobs, ...workers];
}

/** What this process keeps in memory of one world. */
function startFollowing(
  world: World,
  modules: readonly Module[],
  metrics: Metrics,
  log: Log,
): readonly Poller[] {
  return startWorkers(
    world,
    modules.flatMap((module) => module.followers ?? []),
    metrics,
    log,
  );
}

function startWorkers(
  world: World,
  workers: readonly Worker[],
  metrics: Metrics,
  log: Log,
): readonly Poller[] {
  return workers.map((worker) =>
    worker.start(world, (error) => {
      metrics.failures.inc({ place: `worker:${worker.name}` });
      log.error('worker failed', { world: world.name, job: worker.name, ...errorFields(error) });
    }),
  );
}

async function readGauges(worlds: Postroad['worlds'], metrics: Metrics): Promise<void> {
  for (const world of [worlds.live, worlds.test]) {
    await world.read('network', async (db, now) => {
      metrics.outboxAgeSeconds.set({ world: world.name }, await outboxAgeSeconds(db, now));
      for (const [state, count] of Object.entries(await countJobs(db, now)))
        metrics.jobs.set({ world: world.name, state }, count);
      for (const { currency, amountMinor } of await ledgerImbalance(db))
        metrics.ledgerImbalance.set({ world: world.name, currency }, amountMinor);
    });
  }
}
