import { expect, test } from 'vitest';
import { runChaos } from '../chaos/rig.ts';

/** Drawn anew each time it is set; the same for all runs else. */
const SEED = Number(process.env.POSTROAD_SEED ?? '1');
/** `npm run chaos` sends as many as it is told. */
const SCANS = 100_000;
const KILLS = 6;

test('server, worker and PostgreSQL killed with -9 under load: no scan acknowledged is lost or doubled', async () => {
  const lines: string[] = [];
  const run = await runChaos({ scans: SCANS, kills: KILLS, seed: SEED, say: (line) => lines.push(line) });
  expect(run.breaks.slice(0, 40), `seed ${SEED}\n${lines.join('\n')}`).toEqual([]);
  expect(run.kills).toBe(KILLS);
  expect(run.scans).toBe(SCANS);
  expect(run.repeatedRequests, 'no request met a dead process').toBeGreaterThan(0);
}, 600_000);
