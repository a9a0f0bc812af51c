import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runNumbers } from './rig.ts';

const HELP = `Usage: npm run rig:numbers -- [--count N] [--kills N] [--batch N] [--seed N]

  --count N   numbers to issue (default 20000; the promise is shown at 10000000)
  --kills N   kill -9 of the server at seeded moments (default 6)
  --batch N   numbers a request, at most 1000 (default 100)
  --seed N    of the kills (default 1)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '20000' },
      kills: { type: 'string', default: '6' },
      batch: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const number = (name: 'count' | 'kills' | 'batch' | 'seed') => {
    if (!/^\d{1,9}$/.test(values[name])) throw new Error(`--${name} is a whole number, not ${values[name]}`);
    return Number(values[name]);
  };
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const options = {
    count: number('count'),
    kills: number('kills'),
    batch: number('batch'),
    seed: number('seed'),
  };
  if (options.batch < 1 || options.batch > 1000) throw new Error('--batch is 1 to 1000');
  const run = await runNumbers({ ...options, say });
  for (const gap of run.gaps) say(`  gap ${gap.fromSerial} to ${gap.toSerial}`);
  for (const text of run.breaks) say(`  BROKEN ${text}`);
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout?.trim();
  const { gaps, breaks, ...figures } = run;
  say(
    JSON.stringify({
      ...figures,
      gaps: gaps.length,
      breaks: breaks.length,
      ...options,
      commit,
      load: loadavg()[0],
    }),
  );
  return breaks.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
