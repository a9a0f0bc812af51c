import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { instant } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import type { CarrierReading, ParcelReading } from './carrier-reading.ts';
import { takeReading } from './reading-intake.ts';
import type { Reporter } from './recognition.policy.ts';
import { readScanTime } from './scan-time.policy.ts';
import { id, purchaseOf, tell } from './tracking.fixture.ts';
import { parcelsOfNumber, parcelTimelines } from './views.ts';

const LAST_MILE = '1Z5R89390357567127';
const OTHER = '1Z999AA10123456784';
const NOW = instant('2026-03-10T09:00:00Z');
const CARRIER: Reporter = {
  kind: 'carrier',
  organisationId: id('org', 900),
  carrierCode: 'postroad_express_eu',
};
const UPS: Reporter = { kind: 'carrier', organisationId: id('org', 901), carrierCode: 'ups' };
const MERCHANT: Reporter = { kind: 'merchant', organisationId: id('org', 1) };

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
});
afterAll(() => bed.stop());

async function order(n: number): Promise<string> {
  const number = `PRE${String(n).padStart(10, '0')}`;
  const at = instant('2026-03-01T08:00:00Z');
  const facts = {
    shipmentId: id('shp', n),
    parcelId: id('pcl', n),
    number,
    at,
    organisationId: id('org', 1),
  };
  await tell(bed.world, ShipmentPurchased.name, purchaseOf(facts));
  return number;
}

/** A parcel of a reading with one scan. */
function read(number: string, code: string, localTime: string, otherNumbers: string[] = []): ParcelReading {
  const time = readScanTime({ localTime, zone: 'Europe/Madrid' });
  if (time === undefined) throw new Error('not a time');
  const scan = {
    id: '' as never,
    number,
    code,
    milestone: code as never,
    time,
    isDateOnly: false,
    pointer: '',
  };
  return { number, otherNumbers, scans: [scan] };
}

async function take(reporter: Reporter, carrier: string, ...parcels: ParcelReading[]): Promise<void> {
  const reading: CarrierReading = { carrier, payload: { sha256: '', bytes: 0 }, parcels, errors: [] };
  const taken = await takeReading(bed.world, reading, reporter);
  if (!taken.ok) throw new Error(taken.rejection.code);
}

const found = (number: string) =>
  bed.world.read('network', async (db) =>
    (await parcelTimelines(db, await parcelsOfNumber(db, number))).map(({ parcel, timeline }) => ({
      id: parcel.id,
      milestones: timeline.milestones.map(({ name }) => name),
    })),
  );

it('a second number in a carrier’s answer leads to its parcel, with what was scanned under it before', async () => {
  const number = await order(1);
  await take(UPS, 'ups', read(LAST_MILE, 'arrived_delivery_depot', '2026-03-05T08:00:00'));
  expect((await found(LAST_MILE))[0]?.id).not.toBe(id('pcl', 1));
  await take(CARRIER, 'mapped', read(number, 'picked_up', '2026-03-02T08:00:00', [LAST_MILE, 'ORDER-77']));
  expect(await found(LAST_MILE)).toEqual([
    { id: id('pcl', 1), milestones: ['order_created', 'picked_up', 'arrived_delivery_depot'] },
  ]);
  expect(await found('ORDER-77')).toEqual([]);
  await take(UPS, 'ups', read(LAST_MILE, 'out_for_delivery', '2026-03-05T10:00:00'));
  expect((await found(number))[0]?.milestones).toContain('out_for_delivery');
});

it('another parcel does not get it by naming it, nor does it by the word of a source that is not believed', async () => {
  const number = await order(2);
  await take(CARRIER, 'mapped', read(number, 'picked_up', '2026-03-02T08:00:00', [LAST_MILE]));
  expect((await found(LAST_MILE)).map((one) => one.id)).toEqual([id('pcl', 1)]);
  await take(MERCHANT, 'mapped', read(number, 'linehaul', '2026-03-03T08:00:00', [OTHER]));
  expect(await found(OTHER)).toEqual([]);
  await take(CARRIER, 'mapped', read(number, 'linehaul', '2026-03-03T08:00:00', [OTHER]));
  expect((await found(OTHER)).map((one) => one.id)).toEqual([id('pcl', 2)]);
});

it('pieces follow the number that they share', async () => {
  const [one, two] = [await order(3), await order(4)];
  const parent = '1Z12345E0291980794';
  const pieces = [one, two].map((number) => read(number, 'picked_up', '2026-03-02T08:00:00', [parent]));
  await take(CARRIER, 'mapped', ...pieces);
  await take(CARRIER, 'mapped', ...pieces);
  const rows = await bed.world.read('network', (db) =>
    db.rows<{ content_id: string; kind: string }>(sql`
      select c.content_id, c.kind from tracking.containment c join tracking.directory d on d.parcel_id = c.container_id
      where d.number = ${parent} order by 1`),
  );
  expect(rows).toEqual(
    [id('pcl', 3), id('pcl', 4)].map((content_id) => ({ content_id, kind: 'consignment' })),
  );
});
