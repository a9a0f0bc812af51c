import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readOrders } from './orders.ts';
import { rehearse } from './rehearsal.ts';
import { tableOf } from './table.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HELP = `Usage: npm run replay:olist -- [--limit N] [--data DIR] [--kills N] [--seed N]

  --data DIR   folder with train.csv.gz and exceptions.csv.gz (POSTROAD_DATA_OLIST, default ../shared/data/olist)
  --limit N    only the first N orders by time of purchase
  --kills N    kill the server with -9 at N seeded moments and start it again (default 0)
  --seed N     of the kills (default 1)

Uses the embedded database in a temporary folder, or DATABASE_URL and TEST_DATABASE_URL, which must be empty.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      limit: { type: 'string' },
      data: { type: 'string' },
      kills: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder =
    values.data ?? process.env.POSTROAD_DATA_OLIST ?? join(ROOT, '..', 'shared', 'data', 'olist');
  const all = readOrders(folder);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  if (all === undefined) {
    say(`NOTHING WAS REPLAYED: there is no train.csv.gz and exceptions.csv.gz in ${folder}.`);
    say(
      'The data is not part of this project (CC BY-NC-SA 4.0): name its folder with --data or POSTROAD_DATA_OLIST.',
    );
    return 0;
  }
  const wholeNumber = (name: string, text: string) => {
    if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number, not ${text}`);
    return Number(text);
  };
  const limit = values.limit === undefined ? all.length : wholeNumber('limit', values.limit);
  const orders = all.toSorted((a, b) => (a.purchasedLocal < b.purchasedLocal ? -1 : 1)).slice(0, limit);
  const seed = wholeNumber('seed', values.seed);
  const kills = wholeNumber('kills', values.kills);
  const databaseUrl = process.env.DATABASE_URL || undefined;
  const began = performance.now();
  say(
    `Replaying ${orders.length} of ${all.length} orders, seed ${seed}, commit ${commitOf()}, ${databaseUrl === undefined ? 'embedded database' : 'DATABASE_URL'}`,
  );
  const testDatabaseUrl = process.env.TEST_DATABASE_URL || undefined;
  const run = await rehearse({ orders, kills, seed, say, databaseUrl, testDatabaseUrl });
  say(tableOf(run));
  say(`seed ${seed}, commit ${commitOf()}, ${((performance.now() - began) / 1000).toFixed(1)} s in all`);
  return run.breaks.length === 0 ? 0 : 1;
}

function commitOf(): string {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? '';
  const commit = git('rev-parse', '--short', 'HEAD') || 'unknown';
  return git('status', '--porcelain', '--untracked-files=no') === '' ? commit : `${commit} with changes`;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
