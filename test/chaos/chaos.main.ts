import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runChaos } from './rig.ts';

const HELP = `Usage: npm run chaos -- [--scans N] [--kills N] [--seed N]

  --scans N   scans to send (default 100000; the long run has 1000000)
  --kills N   kill -9 of PostgreSQL, server and worker in turn, at seeded moments (default 6; the long run has 50)
  --seed N    of scans, repetitions and kills (default 1)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      scans: { type: 'string', default: '100000' },
      kills: { type: 'string', default: '6' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const number = (name: 'scans' | 'kills' | 'seed') => {
    if (!/^\d{1,9}$/.test(values[name])) throw new Error(`--${name} is a whole number, not ${values[name]}`);
    return Number(values[name]);
  };
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const seed = number('seed');
  const { breaks, ...figures } = await runChaos({
    scans: number('scans'),
    kills: number('kills'),
    seed,
    say,
  });
  for (const text of breaks.slice(0, 40)) say(`  BROKEN ${text}`);
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout?.trim();
  say(JSON.stringify({ ...figures, breaks: breaks.length, seed, commit, load: loadavg()[0] }));
  return breaks.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
