import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { type JobRunner, startJobRunner } from '../../platform/jobs/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { addDays, type Instant, instant } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { bucketOf } from './bucket.policy.ts';
import { takeScans } from './intake.ts';
import { readScanLine } from './intake-line.ts';
import { scheduleSilenceJobs, silenceJobs } from './silence-jobs.ts';
import { id, purchaseOf, tell, wireLife } from './tracking.fixture.ts';
import { parcelsOfNumber, parcelTimelines } from './views.ts';

const START = instant('2026-03-01T09:00:00Z');
const REPORTER = {
  kind: 'carrier',
  organisationId: id('org', 900),
  carrierCode: 'postroad_express_eu',
} as const;

let now: Instant = START;
let bed: TestWorld;
let runner: JobRunner;
const failures: unknown[] = [];

beforeAll(async () => {
  bed = await startTestWorld({ now: () => now });
  await scheduleSilenceJobs(bed.world);
  runner = startJobRunner(bed.world, silenceJobs, (_kind, error) => failures.push(error));
});
afterAll(async () => {
  await runner.stop();
  await bed.stop();
});

/** Time passes, and what was due then runs. */
async function pass(to: Instant): Promise<void> {
  now = to;
  await runner.idle();
  expect(failures).toEqual([]);
}

async function order(n: number): Promise<string> {
  const number = `PRE${String(n).padStart(10, '0')}`;
  await tell(
    bed.world,
    ShipmentPurchased.name,
    purchaseOf({
      shipmentId: id('shp', n),
      parcelId: id('pcl', n),
      number,
      at: now,
      organisationId: id('org', 1),
    }),
  );
  return number;
}

async function take(...scans: object[]): Promise<void> {
  const readers = scans.map((scan, index) => (facts: object) => readScanLine(index, scan, facts as never));
  const outcome = await takeScans(bed.world, readers, REPORTER);
  if (!outcome.ok || outcome.value.some(({ result }) => result === 'refused')) throw new Error('not taken');
}

const shown = (number: string) =>
  bed.world.read('network', async (db) => {
    const [one] = await parcelTimelines(db, await parcelsOfNumber(db, number));
    return [one?.parcel.status, one?.timeline.status, one?.timeline.milestones.length];
  });
const row = (n: number) =>
  bed.world.read('network', (db) =>
    db.row<{ status: string; moving: boolean }>(sql`
      select p.status, exists (select from tracking.motion m where m.parcel_id = p.parcel_id) as moving
      from tracking.parcel p where p.parcel_id = ${id('pcl', n)} and p.bucket = ${bucketOf(id('pcl', n))}`),
  );
const told = (n: number) =>
  bed.world.read('network', async (db) => {
    const rows = await db.rows<{ payload: { status: string; previousStatus: string } }>(sql`
      select payload from platform.outbox_parcel where subject_id = ${id('pcl', n)} and type = 'TimelineRevised'
      order by subject_sequence`);
    return rows.map(({ payload }) => `${payload.previousStatus} ${payload.status}`);
  });

it('silence expires a parcel, old news leaves it so, fresh news wakes it, and it may fall silent again', async () => {
  const number = await order(1);
  const [pickedUp, , ...rest] = wireLife(number);
  const old = { number, milestone: 'warehouse_received', occurred_at: '2026-03-01T12:00:00Z' };
  await take(pickedUp as object);
  await pass(addDays(START, 29));
  expect(await shown(number)).toEqual(['picked_up', 'picked_up', 2]);
  await pass(addDays(START, 31));
  expect(await shown(number)).toEqual(['expired', 'expired', 2]);
  expect(await row(1)).toEqual({ status: 'expired', moving: false });
  expect((await told(1)).at(-1)).toBe('picked_up expired');

  await take(old);
  expect(await shown(number)).toEqual(['expired', 'expired', 3]);
  expect(await row(1)).toEqual({ status: 'expired', moving: false });

  const back = {
    number,
    milestone: 'arrived_delivery_depot',
    occurred_at: addDays(START, 31),
    place: { country: 'ES' },
  };
  await take(back);
  expect(await shown(number)).toEqual(['in_transit', 'in_transit', 4]);
  expect(await row(1)).toEqual({ status: 'in_transit', moving: true });
  await pass(addDays(START, 60));
  expect((await row(1)).status).toBe('in_transit');
  await pass(addDays(START, 62));
  expect((await row(1)).status).toBe('expired');
  expect((await told(1)).slice(-3)).toEqual([
    'picked_up expired',
    'expired in_transit',
    'in_transit expired',
  ]);

  await take(...rest.slice(0, 2));
  expect((await shown(number))[0]).toBe('expired');
  await take({ number, code: 'delivered.signed', occurred_at: addDays(START, 62), place: { country: 'ES' } });
  expect((await shown(number))[0]).toBe('delivered');
});

it('what was only announced expires; what arrived never does; what lives at 30 days is looked at again', async () => {
  const born = now;
  const [announced, arrived, slow] = [await order(2), await order(3), await order(4)];
  const scan = (number: string, milestone: string, days: number) => ({
    number,
    milestone,
    occurred_at: addDays(born, days),
    place: { country: 'NL', city: 'Venlo' },
  });
  await take(scan(arrived, 'picked_up', 0), scan(slow, 'picked_up', 0));
  await pass(addDays(born, 20));
  await take(scan(arrived, 'delivered', 20), scan(slow, 'linehaul', 20));
  const states = async () =>
    Promise.all([announced, arrived, slow].map(async (number) => (await shown(number))[0]));
  await pass(addDays(born, 31));
  expect(await states()).toEqual(['expired', 'delivered', 'in_transit']);
  // On the line-haul silence lasts 60 days.
  await pass(addDays(born, 79));
  expect(await states()).toEqual(['expired', 'delivered', 'in_transit']);
  await pass(addDays(born, 81));
  expect(await states()).toEqual(['expired', 'delivered', 'expired']);
});

it('what is announced late keeps no parcel alive and wakes none, unless it was only announced', async () => {
  const born = now;
  const [seen, announced] = [await order(5), await order(6)];
  const declare = (number: string, days: number) =>
    take({ number, milestone: 'dispatch_declared', occurred_at: addDays(born, days) });
  const states = async () => Promise.all([seen, announced].map(async (number) => (await shown(number))[0]));
  await take({ number: seen, milestone: 'picked_up', occurred_at: born, place: { country: 'NL' } });
  await pass(addDays(born, 20));
  await declare(seen, 20);
  await declare(announced, 20);
  await pass(addDays(born, 31));
  expect(await states()).toEqual(['expired', 'info_received']);
  await declare(seen, 31);
  await pass(addDays(born, 51));
  expect(await states()).toEqual(['expired', 'expired']);
  await declare(announced, 51);
  expect(await states()).toEqual(['expired', 'info_received']);
});
