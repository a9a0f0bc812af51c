import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeUpOrders, readOrders } from '../replay/orders.ts';
import { seeded } from '../replay/random.ts';
import { rehearse } from '../replay/rehearsal.ts';
import { tableOf } from '../replay/table.ts';
import { ROOT } from '../setup/template.ts';

/** Drawn anew each time it is set; the same for all runs else. */
const SEED = Number(process.env.POSTROAD_SEED ?? '20170301');
const ORDERS = 150;
const KILLS = 3;

test('killed with -9 three times in the middle of business: nothing acknowledged is missing or doubled', async () => {
  const folder = process.env.POSTROAD_DATA_OLIST ?? join(ROOT, '..', 'shared', 'data', 'olist');
  const data = readOrders(folder)?.toSorted((a, b) => (a.purchasedLocal < b.purchasedLocal ? -1 : 1));
  // The first months of the data are its oddest; the made-up rows have every story as well.
  const orders = data?.slice(0, 200) ?? madeUpOrders(ORDERS, seeded(SEED));
  const lines: string[] = [];
  const run = await rehearse({ orders, kills: KILLS, seed: SEED, say: (line) => lines.push(line) });
  expect(run.breaks, `seed ${SEED}\n${lines.join('\n')}\n${tableOf(run)}`).toEqual([]);
  expect(run.kills).toBe(KILLS);
  expect(run.traffic.repeated, 'no request met a dead server').toBeGreaterThan(0);
  const rule = 'nothing acknowledged is missing or doubled';
  expect(run.verdict.checked.get(rule)).toBeGreaterThan(orders.length);
}, 180_000);
