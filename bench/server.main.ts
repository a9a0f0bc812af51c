import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '../platform/db/index.ts';
import { createLog } from '../platform/telemetry/index.ts';
import { ensureOperator, mintForBootstrap } from '../server/bootstrap.ts';
import { configFrom } from '../server/config.ts';
import { createPostroad } from '../server/postroad.ts';

/*
 * The server as a process of its own, so that its CPU is not mixed with the load generator's. It is the program that
 * `npm start` runs, with three differences: the caller owns the cluster, no rate limit, and it can be told to settle.
 * Talks to its parent over IPC: sends `{ baseUrl, operatorKey }` once, answers `settle` with `settled`.
 */
const [liveUrl, testUrl, dataFolder] = process.argv.slice(2);
if (liveUrl === undefined || testUrl === undefined || dataFolder === undefined)
  throw new Error('usage: server.main.ts LIVE_URL TEST_URL DATA_FOLDER');
const { POSTROAD_WEBHOOK_LOOPBACK, POSTROAD_ROLE } = process.env;
const bench = { POSTROAD_WEBHOOK_LOOPBACK, POSTROAD_ROLE };
// BENCH_REQUEST_LOG=file: what the server itself measured of each request, a JSON line each.
const requestLog =
  process.env.BENCH_REQUEST_LOG === undefined ? undefined : createWriteStream(process.env.BENCH_REQUEST_LOG);
const migrations = await readMigrations(fileURLToPath(new URL('..', import.meta.url)));
const postroad = await createPostroad({
  config: configFrom(bench, {
    dataFolder,
    port: 0,
    ratePerMinute: 1e9,
    rateBurst: 1e9,
    streamsPerCaller: 1e6,
  }),
  liveUrl,
  testUrl,
  schemaVersion: migrations.at(-1)?.number ?? 0,
  log:
    requestLog === undefined
      ? createLog({ level: 'warn' })
      : createLog({ level: 'info', write: (line) => requestLog.write(line) }),
});
await postroad.http.listen({ host: '127.0.0.1', port: 0 });
const address = postroad.http.server.address();
if (address === null || typeof address === 'string') throw new Error('the server has no port');
const operatorId = await ensureOperator(postroad.worlds.live);
const operatorKey = await mintForBootstrap(postroad.worlds.live, operatorId, 'operator', 'bench');

process.on('message', (message) => {
  if (message === 'settle') void postroad.settle().then(() => process.send?.('settled'));
  if (message === 'stop') void postroad.stop().finally(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
process.send?.({ baseUrl: `http://127.0.0.1:${address.port}`, operatorKey });
