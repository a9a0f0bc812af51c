import { expect, test } from 'vitest';
import { runNumbers } from '../numbers/rig.ts';

/** The short form of `npm run rig:numbers`. */
const COUNT = 20_000;
const KILLS = 3;
const SEED = Number(process.env.POSTROAD_SEED ?? '7');

test('20,000 numbers by 32 issuers, kills, failed prints and a restored old copy: none twice, every gap listed', async () => {
  const lines: string[] = [];
  const run = await runNumbers({
    count: COUNT,
    kills: KILLS,
    seed: SEED,
    batch: 100,
    say: (line) => lines.push(line),
  });
  expect(run.breaks, `seed ${SEED}\n${lines.join('\n')}`).toEqual([]);
  expect(run.issued).toBe(COUNT);
  expect(run.kills).toBe(KILLS);
  expect(run.forgotten).toBeGreaterThan(COUNT / 4);
  expect(run.cancelled).toBeGreaterThan(0);
  expect(run.printed).toBeGreaterThan(0);
  expect(run.gapSerials, 'a kill loses the numbers that the server held in memory').toBeGreaterThan(0);
}, 180_000);
