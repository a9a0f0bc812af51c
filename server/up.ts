import { createServer } from 'node:net';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { monotonicMs } from '../platform/clock/index.ts';
import { checkDurability } from '../platform/postgres/index.ts';
import { createLog, errorFields, type Log } from '../platform/telemetry/index.ts';
import type { ServerConfig } from './config.ts';
import { type Databases, migrateBoth, openDatabases, withClient } from './databases.ts';
import { bringUpDemo } from './demo.ts';
import { startDemoWorld } from './demo-world.ts';
import { type HttpsDoor, openHttpsDoor } from './https-door.ts';
import { atMost, createLifeline, type Lifeline, STOP_TIMEOUT_MS } from './lifeline.ts';
import { createPostroad, type Postroad } from './postroad.ts';
import { removeRunFile, writeRunFile } from './run-file.ts';
import { explain, StartRefusedError } from './start-refused.ts';
import { buildWebIfStale, webFolder } from './web-build.ts';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

export type UpOptions = {
  readonly demo: boolean;
  /** Refuse a database that can lose what it acknowledged. */
  readonly production: boolean;
  /** Whether somebody chose the port; the default one may give way to the next free one. */
  readonly portIsGiven: boolean;
};

/** How many ports after the default one are tried. Our default. */
const PORT_ATTEMPTS = 20;
/** Requests, relay and jobs get this long at a stop; the rest of STOP_TIMEOUT_MS is PostgreSQL's checkpoint. */
const DRAIN_TIMEOUT_MS = 15_000;
/** Ctrl-C under npm arrives twice, from the terminal and from npm: so soon a second one is the same one. */
const SAME_SIGNAL_MS = 1_000;
/** How soon the end of npm's shell is noticed. Our default. */
const PARENT_CHECK_MS = 250;

/** Runs the platform until a signal ends it. Answers the exit code. */
export async function up(config: ServerConfig, options: UpOptions): Promise<number> {
  const startedAt = monotonicMs();
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const log = createLog({ level: config.logLevel });
  const lifeline = createLifeline((name, error) =>
    log.error('stop failed', { detail: name, ...errorFields(error) }),
  );
  const ended = stopOnSignals(lifeline, say, log);
  try {
    await start(config, options, { lifeline, say, log, startedAt });
  } catch (error) {
    // A signal during the start pulls the database away under it: that is no failure of its own.
    if (!lifeline.isStopping) {
      await lifeline.stop();
      throw error;
    }
  }
  return ended;
}

type Start = {
  readonly lifeline: Lifeline;
  readonly say: (line: string) => void;
  readonly log: Log;
  readonly startedAt: number;
};

async function start(config: ServerConfig, options: UpOptions, { lifeline, say, log, startedAt }: Start) {
  const hasFaces = config.role !== 'worker';
  if (hasFaces) await buildWebIfStale(ROOT, say);
  const databases = await openDatabases(config, (line) => say(`  ${line}`));
  await lifeline.onStop('database', () => databases.stop());
  if (lifeline.isStopping) return;
  if (options.production) await assertDurable(databases);
  const { live, migrations } = await migrateBoth(databases, ROOT);
  if (live.applied.length > 0)
    say(`  applied ${live.applied.length} migrations to the databases of both worlds`);
  const postroad = await createPostroad({
    config,
    liveUrl: databases.liveUrl,
    testUrl: databases.testUrl,
    schemaVersion: migrations.at(-1)?.number ?? 0,
    log,
    ...(hasFaces ? { webFolder: webFolder(ROOT) } : {}),
  });
  await lifeline.onStop('platform', async () => {
    if (!(await atMost(DRAIN_TIMEOUT_MS, postroad.stop())))
      throw new Error(`requests and jobs were not done after ${DRAIN_TIMEOUT_MS / 1000} s`);
  });
  if (lifeline.isStopping) return;
  const baseUrl = await listen(postroad, config, options.portIsGiven, say);
  const door = await openHttpsDoor(postroad.http, config);
  if (door !== undefined) await lifeline.onStop('https', door.close);
  await lifeline.onStop('run file', () => removeRunFile(config.dataFolder));
  await writeRunFile(config.dataFolder, {
    processId: process.pid,
    baseUrl,
    liveUrl: databases.liveUrl,
    testUrl: databases.testUrl,
  });
  const demoFile =
    options.demo && config.role !== 'worker'
      ? await bringUpDemo({
          baseUrl,
          worlds: postroad.worlds,
          dataFolder: config.dataFolder,
          livingWorld: config.demoWorld,
          say,
        })
      : undefined;
  if (lifeline.isStopping) return;
  sayReady(say, { config, baseUrl, door, demoFile, seconds: (monotonicMs() - startedAt) / 1000 });
  if (demoFile === undefined || !config.demoWorld) return;
  const world = startDemoWorld(ROOT, config.dataFolder, say);
  await lifeline.onStop('demo world', () => world.stop());
}

function sayReady(
  say: (line: string) => void,
  ready: {
    config: ServerConfig;
    baseUrl: string;
    door: HttpsDoor | undefined;
    demoFile: string | undefined;
    seconds: number;
  },
): void {
  const { config, baseUrl, door, demoFile, seconds } = ready;
  const isAlive = demoFile !== undefined && config.demoWorld;
  const took = `${seconds.toFixed(1)} s`;
  if (config.role === 'worker') {
    say(`Postroad's worker runs (${took}); health: ${baseUrl}/readyz`);
    return;
  }
  say(`Postroad is ready (${took}): ${baseUrl}`);
  say(`  Log in     ${baseUrl}/login`);
  say(`  API        ${baseUrl}/docs`);
  say(`  Tracking   ${baseUrl}/track${isAlive ? '?world=test' : ''}`);
  if (demoFile !== undefined) {
    say(`  Demo       log-ins and keys: ${nearPath(demoFile)}`);
    if (isAlive) say('  Demo world it lives in the test world: log in there, or use the keys under "test"');
    say('  A label    npm run -s postroad -- label --demo');
  }
  if (door !== undefined) {
    say(`  For phones ${door.urls.join('  ')}`);
    say(`             trust once: ${nearPath(door.authorityPath)} (docs/how-to/use-a-phone.md)`);
    say(`             SHA-256 ${door.authorityFingerprint}`);
  }
  say('Stop with Ctrl-C.');
}

function nearPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}

/** promises: nothing acknowledged is lost. A database that may forget is refused where it matters. */
async function assertDurable(databases: Databases): Promise<void> {
  const findings = await withClient(databases.liveUrl, (client) =>
    checkDurability(async (text) => (await client.query(text)).rows),
  );
  if (findings.length === 0) return;
  const lines = findings.map(
    (finding) =>
      `\n  ${finding.setting} is ${finding.found ?? 'unknown'}, must be ${finding.accepted.join(' or ')}: ${finding.risk}`,
  );
  throw new StartRefusedError(
    `this database can lose what it acknowledged, so production does not start on it.${lines.join('')}`,
  );
}

async function listen(
  postroad: Postroad,
  config: ServerConfig,
  portIsGiven: boolean,
  say: (line: string) => void,
): Promise<string> {
  const { host } = config;
  const port = await choosePort(host, config.port, portIsGiven);
  if (port !== config.port) say(`  port ${config.port} is taken: using ${port}`);
  await postroad.http.listen({ host, port });
  const address = postroad.http.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return `http://${reachableName(host)}:${address.port}`;
}

/** An address that a program on this machine can call; a server on all addresses is called by loopback. */
export function reachableName(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

async function choosePort(host: string, wanted: number, isGiven: boolean): Promise<number> {
  if (wanted === 0 || (await isFree(host, wanted))) return wanted;
  if (isGiven)
    throw new StartRefusedError(
      `port ${wanted} on ${host} is taken by another program: choose another with PORT or --port`,
    );
  for (let port = wanted + 1; port <= wanted + PORT_ATTEMPTS; port += 1)
    if (await isFree(host, port)) return port;
  throw new StartRefusedError(
    `the ports ${wanted} to ${wanted + PORT_ATTEMPTS} on ${host} are taken: choose one with PORT or --port`,
  );
}

/** Only a taken port counts as not free; any other trouble (a foreign address) shall be told by the listening itself. */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    probe.listen({ host, port }, () => probe.close(() => resolve(true)));
  });
}

/**
 * SIGTERM, SIGINT and SIGHUP stop in order: no new requests, the open ones are answered, relay and jobs end their
 * step, PostgreSQL writes its checkpoint. A second signal goes at once. Resolves with the exit code.
 */
function stopOnSignals(lifeline: Lifeline, say: (line: string) => void, log: Log): Promise<number> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (signal: NodeJS.Signals) => {
      const now = monotonicMs();
      if (firstAt !== undefined) {
        // process.exit runs the exit listeners: the embedded PostgreSQL is asked to stop on the way out.
        if (now - firstAt > SAME_SIGNAL_MS) process.exit(signal === 'SIGINT' ? 130 : 143);
        return;
      }
      firstAt = now;
      say('Stopping: open requests are answered, then the database is closed. Again to stop at once.');
      const end = async () => {
        const inTime = await atMost(STOP_TIMEOUT_MS, lifeline.stop());
        const clean = inTime && (await lifeline.stop());
        say(clean ? 'Stopped.' : 'Stopped, not everything in order: see the log.');
        // Not by running out of work: a hanging socket must not keep a stopped server alive.
        if (!clean) process.exit(1);
        resolve(0);
        setTimeout(() => process.exit(0), 500).unref();
      };
      end().catch((error: unknown) => {
        log.error('stop failed', errorFields(error));
        process.exit(1);
      });
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal);
    stopWithNpm(() => {
      if (firstAt === undefined) onSignal('SIGTERM');
    });
    const crash = (error: unknown) => {
      log.error('crashed', errorFields(error));
      process.stderr.write(`postroad crashed: ${explain(error)}\n`);
      process.exit(1);
    };
    process.on('uncaughtException', crash);
    process.on('unhandledRejection', crash);
  });
}

/**
 * npm hands a signal to the shell that it started us by, and that shell may die of it without telling us: we would live
 * on without a parent. So under npm the end of the parent counts as SIGTERM.
 */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, PARENT_CHECK_MS);
  watch.unref();
}
